// Memory for what is looked up by key again and again all over a large stretch: asked of the system in large pages where it has them, so that the processor
// need not look for the place of every page first. Measured in tests/bench: a sixteenth of a fully explained check.
#pragma once

#include <memory_resource>

namespace sendcheck {

// Small blocks come from the heap; those of a large page's size and more begin at such a page and are marked for it. Where the system has none, or no
// memory that it can spare for them, they are memory like any other. One for the program; safe from several threads.
std::pmr::memory_resource* large_pages();

}  // namespace sendcheck
