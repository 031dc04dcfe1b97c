// SPDX-License-Identifier: Apache-2.0
// A host for tests of plugins: parameters from JSON, and everything that the plugin says is kept.
//
//     FakeContext context(R"({"path": "a.db", "table": "t"})", SqliteReader::info.options);
//     SqliteReader reader(context.context());
//     BOOST_TEST(context.has_problem("no such table"));
//
// Give the plugin's options and defaults are filled in, and single values become arrays, as in the real host.
// Safe from several threads; what was recorded is read when the plugin is idle.
#pragma once

#include <atomic>
#include <boost/json.hpp>
#include <map>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

#include "sluice/context.hpp"

namespace sluice::tests {

struct RecordedProblem {
  int32_t severity;
  std::string path, message, advice;
};

struct RecordedReject {
  int64_t batch, row;
  int32_t column;
  std::string code, message, raw, location;
};

class FakeContext {
 public:
  explicit FakeContext(std::string_view parameters, const SluiceOption* const* options = nullptr)
      : parameters_(boost::json::parse(parameters)) {
    if (options != nullptr) complete(parameters_.as_object(), options);
    text_ = boost::json::serialize(parameters_);
    raw_.struct_size = sizeof raw_;
    raw_.host_minor = SLUICE_ABI_MINOR;
    raw_.host = this;
    raw_.step = to_c("step");
    raw_.lanes = 1;
    raw_.attempt = 0;
    fill_functions();
  }
  FakeContext(const FakeContext&) = delete;
  FakeContext& operator=(const FakeContext&) = delete;

  Context context() const { return Context(&raw_); }

  FakeContext& flags(uint32_t flags) { return raw_.flags = flags, *this; }
  FakeContext& lanes(uint32_t lanes) { return raw_.lanes = lanes, *this; }
  FakeContext& delivery(int32_t delivery) { return raw_.delivery = delivery, *this; }
  FakeContext& target(uint64_t records, uint64_t bytes) { return records_ = records, bytes_ = bytes, *this; }
  FakeContext& run(std::string id) {
    run_id_ = std::move(id);
    raw_.run_id = to_c(run_id_);
    return *this;
  }
  FakeContext& split(std::string key, uint32_t attempt = 1) {
    split_ = std::move(key);
    raw_.split = to_c(split_);
    raw_.attempt = attempt;
    return *this;
  }

  std::atomic<bool> cancelled{false};
  std::vector<RecordedProblem> problems;
  std::vector<RecordedReject> rejects;
  std::map<std::string, std::string> notes;
  std::vector<std::string> logs;
  uint64_t skipped = 0, filtered = 0, added = 0;
  uint64_t reserved = 0;

  bool has_problem(std::string_view part) const {
    for (const auto& problem : problems)
      if ((problem.path + ": " + problem.message).find(part) != std::string::npos) return true;
    return false;
  }
  // All problems, a line each: for the message of a failed check.
  std::string all_problems() const {
    std::string all;
    for (const auto& problem : problems)
      all += (problem.severity == SLUICE_PROBLEM_ERROR ? "error " : "warning ") + problem.path + ": " +
             problem.message + " [" + problem.advice + "]\n";
    return all;
  }
  std::vector<int64_t> rejected_rows(int64_t batch = 0) const {
    std::vector<int64_t> rows;
    for (const auto& reject : rejects)
      if (reject.batch == batch) rows.push_back(reject.row);
    return rows;
  }

 private:
  static FakeContext& self(const SluiceContext* raw) { return *static_cast<FakeContext*>(raw->host); }
  static std::string text(SluiceString value) { return std::string(view(value)); }

  static void complete(boost::json::object& object, const SluiceOption* const* options) {
    for (; *options != nullptr; ++options) {
      const SluiceOption& option = **options;
      if (!object.contains(option.name)) {
        if (option.default_json != nullptr) object[option.name] = boost::json::parse(option.default_json);
        continue;
      }
      auto& value = object[option.name];
      if ((option.types & SLUICE_ARRAY) != 0 && !value.is_array()) value = boost::json::array{value};
      if (option.children == nullptr) continue;
      if (value.is_object()) complete(value.as_object(), option.children);
      if (value.is_array())
        for (auto& element : value.as_array())
          if (element.is_object()) complete(element.as_object(), option.children);
    }
  }

  const boost::json::value* find(SluiceString path) const {
    std::string pointer = "/";
    for (const char c : view(path)) {
      if (c == '.' || c == '[') pointer += '/';
      if (c != '.' && c != '[' && c != ']') pointer += c;
    }
    boost::system::error_code error;
    const auto* found = parameters_.find_pointer(pointer, error);
    return error || found == nullptr || found->is_null() ? nullptr : found;
  }

  static int32_t get_string(const SluiceContext* raw, SluiceString path, SluiceString* out) noexcept {
    const auto* found = self(raw).find(path);
    if (found == nullptr || !found->is_string()) return 0;
    *out = to_c(std::string_view(found->as_string().data(), found->as_string().size()));
    return 1;
  }
  static int32_t get_integer(const SluiceContext* raw, SluiceString path, int64_t* out) noexcept {
    const auto* found = self(raw).find(path);
    if (found == nullptr || !found->is_int64()) return 0;
    *out = found->as_int64();
    return 1;
  }
  static int32_t get_number(const SluiceContext* raw, SluiceString path, double* out) noexcept {
    const auto* found = self(raw).find(path);
    if (found == nullptr || !found->is_number()) return 0;
    *out = found->to_number<double>();
    return 1;
  }
  static int32_t get_boolean(const SluiceContext* raw, SluiceString path, int32_t* out) noexcept {
    const auto* found = self(raw).find(path);
    if (found == nullptr || !found->is_bool()) return 0;
    *out = found->as_bool() ? 1 : 0;
    return 1;
  }
  static size_t get_size(const SluiceContext* raw, SluiceString path) noexcept {
    const auto* found = self(raw).find(path);
    return found == nullptr || !found->is_array() ? 0 : found->as_array().size();
  }

  void fill_functions() {
    raw_.log = [](const SluiceContext* raw, int32_t, SluiceString message) noexcept {
      const std::lock_guard lock(self(raw).mutex_);
      self(raw).logs.push_back(text(message));
    };
    raw_.is_cancelled = [](const SluiceContext* raw) noexcept -> int32_t { return self(raw).cancelled ? 1 : 0; };
    raw_.wait = [](const SluiceContext* raw, int64_t) noexcept -> int32_t { return self(raw).cancelled ? 1 : 0; };
    raw_.parameters = [](const SluiceContext* raw) noexcept { return to_c(self(raw).text_); };
    raw_.get_string = &get_string;
    raw_.get_integer = &get_integer;
    raw_.get_number = &get_number;
    raw_.get_boolean = &get_boolean;
    raw_.get_size = &get_size;
    raw_.problem = [](const SluiceContext* raw, const SluiceProblem* p) noexcept {
      const std::lock_guard lock(self(raw).mutex_);
      self(raw).problems.push_back({p->severity, text(p->path), text(p->message), text(p->advice)});
    };
    raw_.reject = [](const SluiceContext* raw, const SluiceReject* r) noexcept {
      const std::lock_guard lock(self(raw).mutex_);
      self(raw).rejects.push_back(
          {r->batch, r->row, r->column, text(r->code), text(r->message), text(r->raw), text(r->location)});
    };
    raw_.filtered = [](const SluiceContext* raw, uint64_t n) noexcept { self(raw).filtered += n; };
    raw_.added = [](const SluiceContext* raw, uint64_t n) noexcept { self(raw).added += n; };
    raw_.skipped = [](const SluiceContext* raw, uint64_t n) noexcept { self(raw).skipped += n; };
    raw_.note = [](const SluiceContext* raw, SluiceString key, SluiceString value) noexcept {
      const std::lock_guard lock(self(raw).mutex_);
      self(raw).notes[text(key)] = text(value);
    };
    raw_.metric = [](const SluiceContext*, SluiceString, int64_t) noexcept {};
    raw_.reserve = [](const SluiceContext* raw, uint64_t bytes, SluiceError*) noexcept -> SluiceStatus {
      const std::lock_guard lock(self(raw).mutex_);
      self(raw).reserved += bytes;
      return SLUICE_OK;
    };
    raw_.unreserve = [](const SluiceContext* raw, uint64_t bytes) noexcept {
      const std::lock_guard lock(self(raw).mutex_);
      self(raw).reserved -= bytes;
    };
    raw_.batch_target = [](const SluiceContext* raw, uint64_t* records, uint64_t* bytes) noexcept {
      *records = self(raw).records_;
      *bytes = self(raw).bytes_;
    };
    raw_.get_extension = [](const SluiceContext*, const char*) noexcept -> const void* { return nullptr; };
  }

  SluiceContext raw_{};
  boost::json::value parameters_;
  std::string text_, run_id_, split_;
  uint64_t records_ = 8192, bytes_ = 1 << 20;
  std::mutex mutex_;
};

}  // namespace sluice::tests
