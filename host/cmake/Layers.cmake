# sendcheck_layer(NAME [USES layer...] [LIBRARIES target...])
#
# One static library a layer, made of every source and header in the folder NAME. Its headers are reached as "NAME/file.hpp" through an include root of
# its own: a folder in the build tree that holds a single link to the layer's folder. A layer therefore sees the headers of those that it
# links, and of no other. LIBRARIES are third-party and stay private.
#
# Cycles are refused when the build is generated (GLOBAL_DEPENDS_NO_CYCLES in the top CMakeLists.txt); each header is compiled alone by the
# target all_verify_interface_header_sets.
function(sendcheck_layer name)
  cmake_parse_arguments(PARSE_ARGV 1 layer "" "" "USES;LIBRARIES")
  set(folder ${CMAKE_CURRENT_SOURCE_DIR}/${name})
  set(root ${CMAKE_BINARY_DIR}/include-roots/${name})
  file(MAKE_DIRECTORY ${root})
  file(CREATE_LINK ${folder} ${root}/${name} SYMBOLIC)

  file(GLOB sources CONFIGURE_DEPENDS ${folder}/*.cpp)
  file(GLOB headers CONFIGURE_DEPENDS ${folder}/*.hpp)
  list(TRANSFORM headers REPLACE "^${folder}/" "${root}/${name}/")

  add_library(${name} STATIC ${sources})
  target_sources(${name} PUBLIC FILE_SET HEADERS BASE_DIRS ${root} FILES ${headers})
  set_target_properties(${name} PROPERTIES
    LINKER_LANGUAGE CXX
    VERIFY_INTERFACE_HEADER_SETS ON)
  # g++ 12 warns of an overlap in "literal" + std::string where there is none (GCC bug 105651).
  target_compile_options(${name} PRIVATE -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Werror -Wno-restrict)
  target_link_libraries(${name} PUBLIC ${layer_USES} PRIVATE ${layer_LIBRARIES})
endfunction()
