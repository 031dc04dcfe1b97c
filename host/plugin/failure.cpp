// SPDX-License-Identifier: Apache-2.0
#include "plugin/failure.hpp"

#include <algorithm>
#include <cstring>
#include <iterator>
#include <stdexcept>

#include "plugin/sized.hpp"
#include "plugin/text.hpp"

namespace sluice::plugin {
namespace {

constexpr const char* status_texts[] = {"ok",        "invalid",       "not found",     "denied",    "unreachable",
                                        "conflict",  "bad data",      "I/O error",     "timed out", "cancelled",
                                        "no memory", "not supported", "internal error"};

bool known(SluiceStatus status) { return status >= 0 && status < static_cast<SluiceStatus>(std::size(status_texts)); }

// Of "writer mysql, write" and "write: the disk is full" the second "write: " says nothing new.
std::string without_call(std::string_view message, std::string_view where) {
  const std::string call = std::string(where.substr(where.rfind(' ') + 1)) + ": ";
  if (message.starts_with(call)) message.remove_prefix(call.size());
  return std::string(message);
}

std::string_view bounded(const char* text, std::size_t size) { return {text, strnlen(text, size)}; }

}  // namespace

std::string status_text(SluiceStatus status) {
  return known(status) ? status_texts[status] : "unknown status " + std::to_string(status);
}

std::string Failure::text() const {
  std::string details;
  if (!sqlstate.empty()) details += "SQLSTATE " + sqlstate;
  if (vendor_code != 0) details += (details.empty() ? "error " : ", error ") + std::to_string(vendor_code);
  std::string text = where.empty() ? message : where + ": " + without_call(message, where);
  if (!details.empty()) text += " (" + details + ")";
  return text;
}

void throw_exception_from_error(const Failure& failure, const boost::source_location&) {
  throw std::logic_error("unexamined failure: " + failure.text());
}

SluiceError blank_error() { return sized<SluiceError>(); }

Failure read_failure(std::string_view where, SluiceStatus status, const SluiceError& error) {
  Failure failure;
  failure.where = where;
  failure.code = known(status) && status != SLUICE_OK ? status : SLUICE_INTERNAL;
  failure.flags = error.flags & (SLUICE_RETRYABLE | SLUICE_OUTCOME_UNKNOWN);
  failure.sqlstate = clean_text(bounded(error.sqlstate, sizeof error.sqlstate));
  failure.vendor_code = error.vendor_code;
  failure.message = clean_text(bounded(error.message, sizeof error.message));
  if (failure.message.empty()) failure.message = status_text(failure.code) + ", and the plugin gave no message";
  if (!known(status)) failure.message += " (the plugin answered with unknown status " + std::to_string(status) + ")";
  return failure;
}

void write_failure(const Failure& failure, SluiceError* error) {
  if (error == nullptr || error->struct_size <= sizeof error->struct_size) return;
  SluiceError full = blank_error();
  full.struct_size = error->struct_size;
  full.code = failure.code;
  full.flags = failure.flags;
  full.vendor_code = failure.vendor_code;
  failure.sqlstate.copy(full.sqlstate, sizeof full.sqlstate - 1);
  clean_text(failure.message, sizeof full.message - 1).copy(full.message, sizeof full.message - 1);
  std::memcpy(error, &full, std::min<std::size_t>(error->struct_size, sizeof full));
}

Failure breach(std::string_view where, std::string_view what) {
  Failure failure;
  failure.where = where;
  failure.message = "the plugin broke a rule of its interface: " + std::string(what);
  return failure;
}

}  // namespace sluice::plugin
