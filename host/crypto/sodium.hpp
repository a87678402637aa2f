// What the sources of this layer share of libsodium; its own headers stay out of ours.
#pragma once

#include <string>
#include <string_view>

namespace sendcheck {

// Before the first random number, signature or seal; once a run, however many threads ask. Ends the program where the system gives no random numbers:
// nothing may be signed or sealed there.
void start_sodium();

// Bytes as the library takes them.
inline const unsigned char* octets(std::string_view bytes) {
  return reinterpret_cast<const unsigned char*>(bytes.data());
}
inline unsigned char* octets(std::string& bytes) {
  return reinterpret_cast<unsigned char*>(bytes.data());
}

}  // namespace sendcheck
