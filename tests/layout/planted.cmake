# Writes a project of two layers, `lower` and `upper`, that uses host/cmake/Layers.cmake; plants one fault in it; and asserts that the build refuses
# it in the words that belong to that fault. PLANT nothing: the same project builds, so that the refusals are due to the plant.

# The line of the real top CMakeLists.txt, so that taking it out there is noticed here.
file(STRINGS ${SOURCE}/CMakeLists.txt no_cycles REGEX "GLOBAL_DEPENDS_NO_CYCLES")

set(lower_uses "")
set(lower_libraries "")
set(upper_source "#include \"upper/thing.hpp\"\n#include \"lower/thing.hpp\"\nint upper_thing() { return lower_thing() + 1; }\n")
set(lower_header "#pragma once\nint lower_thing();\n")
set(lower_source "#include \"lower/thing.hpp\"\nint lower_thing() { return 1; }\n")
set(third_party "")

if(PLANT STREQUAL "upward_include")
  string(PREPEND lower_source "#include \"upper/thing.hpp\"\n")
elseif(PLANT STREQUAL "third_party_header")
  # A library that `lower` links privately: `upper`, which uses `lower`, must not find its header.
  file(WRITE ${FOLDER}/third_party/third_party.hpp "#pragma once\n")
  set(third_party "add_library(third_party INTERFACE)\ntarget_include_directories(third_party INTERFACE third_party)\n")
  set(lower_libraries "LIBRARIES third_party")
  string(PREPEND lower_source "#include <third_party.hpp>\n")
  string(PREPEND upper_source "#include <third_party.hpp>\n")
elseif(PLANT STREQUAL "cycle")
  set(lower_uses "USES upper")
elseif(PLANT STREQUAL "needy_header")
  set(lower_header "#pragma once\nint lower_thing(std::string text = {});\n")
  set(lower_source "#include <string>\n#include \"lower/thing.hpp\"\nint lower_thing(std::string) { return 1; }\n")
  string(PREPEND upper_source "#include <string>\n")
endif()

file(WRITE ${FOLDER}/CMakeLists.txt "cmake_minimum_required(VERSION 3.25)
project(planted LANGUAGES CXX)
set(CMAKE_CXX_STANDARD 20)
${no_cycles}
include(${SOURCE}/host/cmake/Layers.cmake)
${third_party}
sendcheck_layer(lower ${lower_uses} ${lower_libraries})
sendcheck_layer(upper USES lower)
")
file(WRITE ${FOLDER}/lower/thing.hpp "${lower_header}")
file(WRITE ${FOLDER}/lower/thing.cpp "${lower_source}")
file(WRITE ${FOLDER}/upper/thing.hpp "#pragma once\nint upper_thing();\n")
file(WRITE ${FOLDER}/upper/thing.cpp "${upper_source}")

# The words of compilers are asked for in English.
set(ENV{LC_ALL} C)
file(REMOVE_RECURSE ${FOLDER}/build)
execute_process(
  COMMAND ${CMAKE_COMMAND} -S ${FOLDER} -B ${FOLDER}/build -G ${GENERATOR} -D CMAKE_CXX_COMPILER=${COMPILER}
  RESULT_VARIABLE configured OUTPUT_VARIABLE configure_output ERROR_VARIABLE configure_output)

function(build target result output)
  execute_process(COMMAND ${CMAKE_COMMAND} --build ${FOLDER}/build ${target}
    RESULT_VARIABLE code OUTPUT_VARIABLE words ERROR_VARIABLE words)
  set(${result} ${code} PARENT_SCOPE)
  set(${output} "${words}" PARENT_SCOPE)
endfunction()

function(expect_success code output step)
  if(NOT code EQUAL 0)
    message(FATAL_ERROR "${step} should have gone well with ${PLANT} planted:\n${output}")
  endif()
endfunction()

function(expect_refusal code output words)
  if(code EQUAL 0)
    message(FATAL_ERROR "${PLANT} was planted and nothing refused it:\n${output}")
  endif()
  if(NOT output MATCHES "${words}")
    message(FATAL_ERROR "${PLANT} was refused, but not with \"${words}\":\n${output}")
  endif()
endfunction()

if(PLANT STREQUAL "cycle")
  expect_refusal(${configured} "${configure_output}" "strongly connected component.*GLOBAL_DEPENDS_NO_CYCLES")
  return()
endif()
expect_success(${configured} "${configure_output}" "Configuring")

build("" built build_output)
if(PLANT STREQUAL "upward_include")
  expect_refusal(${built} "${build_output}" "lower/thing.cpp:1.*upper/thing.hpp.*(No such file|file not found)")
elseif(PLANT STREQUAL "third_party_header")
  expect_refusal(${built} "${build_output}" "upper/thing.cpp:1.*third_party.hpp.*(No such file|file not found)")
else()
  expect_success(${built} "${build_output}" "Building")
  build("--target;all_verify_interface_header_sets" verified verify_output)
  if(PLANT STREQUAL "needy_header")
    expect_refusal(${verified} "${verify_output}" "lower/thing.hpp:2.*std")
  else()
    expect_success(${verified} "${verify_output}" "Compiling each header alone")
  endif()
endif()
