// The shape of --format json, as the contract and the documentation state it: every key, its type, and what it may say.
#pragma once

#include <string>
#include <vector>

#include "json/value.hpp"

namespace sendcheck::test {

// What is not as it should be, each with its pointer; empty where all is well.
std::vector<std::string> faults_of_check(const json::Value& root);
std::vector<std::string> faults_of_pupil(const json::Value& pupil);
std::vector<std::string> faults_of_rejected(const json::Value& rejected);

}  // namespace sendcheck::test
