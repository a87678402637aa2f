// Times and sizes. A machine that does other things too gives other times each
// time: what is compared is measured in turns, in one run, as the processor's
// time of one thread, and the median is taken.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace sendcheck::bench {

// Processor time of this thread, in seconds.
double seconds_of(const std::function<void()>& work);

double median(std::vector<double> values);

// A program that was run to its end.
struct Run {
  int status = -1;         // of exit; -1 when it did not end by itself
  double seconds = 0;      // by the clock on the wall
  double cpu_seconds = 0;  // of all its threads
  double peak_megabytes =
      0;  // at least what this process held when it was started
};
// Runs a program with its output thrown away. Nothing when it could not be
// started.
std::optional<Run> run(const std::vector<std::string>& command);

}  // namespace sendcheck::bench
