// SPDX-License-Identifier: Apache-2.0
// What the host does for a plugin, in C++: a view of SluiceContext, cheap to copy. [any-thread]
//
// An instance's context lives until the instance is closed, a task's until the task has ended.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "sluice/error.hpp"

namespace sluice {

struct Reject {
  int64_t batch = -1;
  int64_t row = -1;
  int32_t column = -1;
  std::string_view code;
  std::string_view message;
  std::string_view sqlstate = {};
  std::string_view raw = {};
  std::string_view location = {};
};

class Context {
 public:
  explicit Context(const SluiceContext* raw) : raw_(raw) {}
  const SluiceContext* raw() const { return raw_; }

  std::string_view step() const { return view(raw_->step); }
  std::string_view run_id() const { return view(raw_->run_id); }
  std::string_view split() const { return view(raw_->split); }
  uint32_t attempt() const { return raw_->attempt; }
  uint32_t lanes() const { return raw_->lanes; }
  int32_t delivery() const { return raw_->delivery; }
  bool has(uint32_t flag) const { return (raw_->flags & flag) != 0; }

  void log(int32_t level, std::string_view text) const { raw_->log(raw_, level, to_c(text)); }
  void debug(std::string_view text) const { log(SLUICE_LOG_DEBUG, text); }
  void info(std::string_view text) const { log(SLUICE_LOG_INFO, text); }
  void warning(std::string_view text) const { log(SLUICE_LOG_WARNING, text); }

  bool is_cancelled() const { return raw_->is_cancelled(raw_) != 0; }
  void throw_if_cancelled() const {
    if (is_cancelled()) throw cancelled();
  }
  // Sleeps; throws when the job is stopping.
  void wait(int64_t milliseconds) const {
    if (raw_->wait(raw_, milliseconds) != 0) throw cancelled();
  }

  // Parameters by path ("csvReaderConfig.textQualifier", "column[0]"), already coerced, defaults filled in.
  std::string_view parameters_json() const { return view(raw_->parameters(raw_)); }
  std::optional<std::string> string(std::string_view path) const {
    SluiceString out{};
    if (raw_->get_string(raw_, to_c(path), &out) == 0) return std::nullopt;
    return std::string(view(out));
  }
  std::string string(std::string_view path, std::string_view otherwise) const {
    return string(path).value_or(std::string(otherwise));
  }
  std::optional<int64_t> integer(std::string_view path) const { return get<int64_t>(raw_->get_integer, path); }
  int64_t integer(std::string_view path, int64_t otherwise) const { return integer(path).value_or(otherwise); }
  std::optional<double> number(std::string_view path) const { return get<double>(raw_->get_number, path); }
  std::optional<bool> boolean(std::string_view path) const {
    const auto value = get<int32_t>(raw_->get_boolean, path);
    return value ? std::optional<bool>(*value != 0) : std::nullopt;
  }
  bool boolean(std::string_view path, bool otherwise) const { return boolean(path).value_or(otherwise); }
  size_t size(std::string_view path) const { return raw_->get_size(raw_, to_c(path)); }
  // The strings of the array at `path`; empty when there is none.
  std::vector<std::string> strings(std::string_view path) const {
    std::vector<std::string> all(size(path));
    for (size_t i = 0; i < all.size(); ++i) all[i] = string(element(path, i), "");
    return all;
  }
  static std::string element(std::string_view path, size_t index) {
    return std::string(path) + "[" + std::to_string(index) + "]";
  }

  // Problems with the job; `path` is inside `parameter`.
  void error(std::string_view path, std::string_view message, std::string_view advice = {}) const {
    report(SLUICE_PROBLEM_ERROR, path, message, advice);
  }
  void warn(std::string_view path, std::string_view message, std::string_view advice = {}) const {
    report(SLUICE_PROBLEM_WARNING, path, message, advice);
  }

  void reject(const Reject& r) const {
    const SluiceReject c{sizeof(SluiceReject), r.column,         r.batch,     r.row,           to_c(r.code),
                         to_c(r.message),      to_c(r.sqlstate), to_c(r.raw), to_c(r.location)};
    raw_->reject(raw_, &c);
  }
  void filtered(uint64_t records) const { raw_->filtered(raw_, records); }
  void added(uint64_t records) const { raw_->added(raw_, records); }
  void skipped(uint64_t records) const { raw_->skipped(raw_, records); }
  void note(std::string_view key, std::string_view value) const { raw_->note(raw_, to_c(key), to_c(value)); }
  void metric(std::string_view name, int64_t delta) const { raw_->metric(raw_, to_c(name), delta); }

  struct BatchTarget {
    uint64_t records;
    uint64_t bytes;
  };
  BatchTarget batch_target() const {
    BatchTarget target{};
    raw_->batch_target(raw_, &target.records, &target.bytes);
    return target;
  }

 private:
  template <class T, class Getter>
  std::optional<T> get(Getter getter, std::string_view path) const {
    T out{};
    return getter(raw_, to_c(path), &out) != 0 ? std::optional<T>(out) : std::nullopt;
  }
  void report(int32_t severity, std::string_view path, std::string_view message, std::string_view advice) const {
    const SluiceProblem problem{sizeof(SluiceProblem), severity, to_c(path), to_c(message), to_c(advice)};
    raw_->problem(raw_, &problem);
  }

  const SluiceContext* raw_;
};

// Room in the job's memory for private buffers, held while the object lives.
class Reservation {
 public:
  Reservation(Context context, uint64_t bytes) : context_(context), bytes_(bytes) {
    SluiceError error{};
    error.struct_size = sizeof error;
    const SluiceStatus status = context_.raw()->reserve(context_.raw(), bytes, &error);
    if (status != SLUICE_OK) throw Error(status, error.message);
  }
  ~Reservation() { context_.raw()->unreserve(context_.raw(), bytes_); }
  Reservation(const Reservation&) = delete;
  Reservation& operator=(const Reservation&) = delete;

 private:
  Context context_;
  uint64_t bytes_;
};

}  // namespace sluice
