// What a script may spend: instructions and memory. For the sources and tests of this layer.
//
// Lua's count hook sees steps of the interpreter, not what one step costs. Three things can make a step dear without calling any function: a
// long text (joined, compared, hashed), a table whose keys all hash alike (each read walks them all), and a collection forced by an almost full
// heap. The allocator sees each of them coming, and adds them up as effort, in instructions. It cannot raise, so an effort that is too great is
// noticed at the next step.
//
// Effort is kept apart from the instructions because it is not quite the same on every machine: when Lua rearranges a table from which things were
// taken out depends on its random seed. Honest scripts come to a few hundredths of the limit, so only hostile ones can feel the difference.
#pragma once

#include <cstddef>
#include <cstdint>

#include "script/state.hpp"

namespace sendcheck::script {

// Why the allocator last said no.
enum class Refusal { none, total, block, text, stack };

class Budget {
 public:
  explicit Budget(const Limits& limits) : limits_(limits) {}
  Budget(const Budget&) = delete;
  Budget& operator=(const Budget&) = delete;

  // lua_Alloc; `self` is the Budget, which outlives the state.
  static void* allocate(void* self, void* block, std::size_t old_size,
                        std::size_t new_size);

  // Caps hold between start and stop only: the host's own work between two runs must not run out.
  void start();
  void stop() { armed_ = false; }

  // False once the instructions or the effort are spent (each has the same limit), and ever after until the next start.
  bool charge(std::int64_t work);

  const Limits& limits() const { return limits_; }
  std::int64_t instructions_used() const { return used_; }
  std::int64_t effort() const { return effort_; }
  std::size_t peak_bytes() const { return peak_; }
  Refusal refusal() const { return refusal_; }

 private:
  void* resize(void* block, std::size_t old_size, std::size_t new_size);
  Refusal refuses(const void* block, bool is_text, std::size_t old_size,
                  std::size_t new_size) const;
  void strain(std::int64_t effort) { effort_ += effort; }
  void strain_for_block(std::size_t tag, std::size_t size);  // a new one

  Limits limits_;
  std::int64_t used_ = 0;
  std::int64_t effort_ = 0;
  std::size_t bytes_ = 0;
  std::size_t peak_ = 0;
  void* stack_ = nullptr;  // Lua's own stack, followed through its moves
  Refusal refusal_ = Refusal::none;
  bool armed_ = false;
};

}  // namespace sendcheck::script
