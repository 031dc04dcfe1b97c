// SPDX-License-Identifier: Apache-2.0
// Errors inside a plugin are exceptions; `guard` turns them into SluiceError at the boundary, and nowhere else.
//
//     throw sluice::unreachable("connect: no answer from db1:5432").retryable();
#pragma once

#include <cstring>
#include <exception>
#include <new>
#include <string>
#include <string_view>
#include <utility>

#include "sluice/plugin.h"

namespace sluice {

inline SluiceString to_c(std::string_view text) noexcept { return {text.data(), text.size()}; }
inline std::string_view view(SluiceString text) noexcept {
  return text.data == nullptr ? std::string_view() : std::string_view(text.data, text.size);
}

class Error : public std::exception {
 public:
  Error(SluiceStatus code, std::string message) : code_(code), message_(std::move(message)) {}

  Error& retryable(bool yes = true) & { return set(SLUICE_RETRYABLE, yes); }
  Error&& retryable(bool yes = true) && { return std::move(set(SLUICE_RETRYABLE, yes)); }
  Error&& outcome_unknown() && { return std::move(set(SLUICE_OUTCOME_UNKNOWN, true)); }
  Error&& vendor(int64_t number, std::string_view sqlstate = {}) && {
    vendor_code_ = number;
    sqlstate_ = sqlstate.substr(0, 5);
    return std::move(*this);
  }

  const char* what() const noexcept override { return message_.c_str(); }
  SluiceStatus code() const noexcept { return code_; }
  uint32_t flags() const noexcept { return flags_; }
  const std::string& sqlstate() const noexcept { return sqlstate_; }
  int64_t vendor_code() const noexcept { return vendor_code_; }

  // Fills a caller's error; a NULL `out` is allowed. A message that is too long is cut between characters.
  void store(SluiceError* out) const noexcept {
    if (out == nullptr) return;
    out->code = code_;
    out->flags = flags_;
    out->vendor_code = vendor_code_;
    copy(out->sqlstate, sizeof out->sqlstate, sqlstate_);
    copy(out->message, sizeof out->message, message_);
  }

 private:
  Error& set(uint32_t flag, bool yes) {
    flags_ = yes ? flags_ | flag : flags_ & ~flag;
    return *this;
  }
  static void copy(char* out, size_t size, std::string_view text) noexcept {
    size_t length = text.size() < size ? text.size() : size - 1;
    while (length > 0 && length < text.size() && (static_cast<unsigned char>(text[length]) & 0xC0) == 0x80) --length;
    std::memcpy(out, text.data(), length);
    out[length] = '\0';
  }

  SluiceStatus code_;
  uint32_t flags_ = 0;
  int64_t vendor_code_ = 0;
  std::string sqlstate_;
  std::string message_;
};

inline Error invalid(std::string message) { return {SLUICE_INVALID, std::move(message)}; }
inline Error not_found(std::string message) { return {SLUICE_NOT_FOUND, std::move(message)}; }
inline Error denied(std::string message) { return {SLUICE_DENIED, std::move(message)}; }
inline Error unreachable(std::string message) { return {SLUICE_UNREACHABLE, std::move(message)}; }
inline Error conflict(std::string message) { return {SLUICE_CONFLICT, std::move(message)}; }
inline Error bad_data(std::string message) { return {SLUICE_BAD_DATA, std::move(message)}; }
inline Error io_error(std::string message) { return {SLUICE_IO, std::move(message)}; }
inline Error timed_out(std::string message) { return {SLUICE_TIMED_OUT, std::move(message)}; }
inline Error cancelled() { return {SLUICE_CANCELLED, "cancelled"}; }
inline Error unsupported(std::string message) { return {SLUICE_UNSUPPORTED, std::move(message)}; }
inline Error internal(std::string message) { return {SLUICE_INTERNAL, std::move(message)}; }

// Runs `body`; an exception becomes the error. The one place where they stop.
template <class Body>
SluiceStatus guard(SluiceError* error, Body&& body) noexcept {
  try {
    body();
    return SLUICE_OK;
  } catch (const Error& e) {
    e.store(error);
    return e.code();
  } catch (const std::bad_alloc&) {
    Error(SLUICE_NO_MEMORY, "out of memory").store(error);
    return SLUICE_NO_MEMORY;
  } catch (const std::exception& e) {
    Error(SLUICE_INTERNAL, e.what()).store(error);
    return SLUICE_INTERNAL;
  } catch (...) {
    Error(SLUICE_INTERNAL, "an unknown exception").store(error);
    return SLUICE_INTERNAL;
  }
}

}  // namespace sluice
