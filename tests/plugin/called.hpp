// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <boost/json/object.hpp>
#include <filesystem>
#include <mutex>
#include <string>
#include <vector>

#include "plugin/context.hpp"
#include "plugin/plugin.hpp"
#include "plugin/probe.hpp"

namespace sluice::plugin {

inline const std::filesystem::path hostile_directory = FIXTURES "/hostile";
inline const std::filesystem::path good_directory = FIXTURES "/plugins";

ProbeSettings probe_settings();
std::filesystem::path hostile(std::string_view name);

// The reader, writer or processor of the fixture `fault`.
const Plugin& fault(Kind);

// A directory of the test's own, removed with it.
class TemporaryDirectory {
 public:
  TemporaryDirectory();
  TemporaryDirectory(const TemporaryDirectory&) = delete;
  TemporaryDirectory& operator=(const TemporaryDirectory&) = delete;
  ~TemporaryDirectory();
  std::filesystem::path operator/(std::string_view name) const { return path_ / name; }
  const std::filesystem::path& path() const { return path_; }

 private:
  std::filesystem::path path_;
};

std::string contents(const std::filesystem::path&);

// Services that write down what a plugin says, one line each.
class Heard : public Services {
 public:
  void log(LogLevel level, std::string_view text) override;
  void problem(const StepProblem&) override;
  bool is_cancelled() override { return cancelled; }
  void reject(const Rejection&) override;
  void filtered(std::uint64_t records) override { add("filtered " + std::to_string(records)); }
  void added(std::uint64_t records) override { add("added " + std::to_string(records)); }
  void skipped(std::uint64_t records) override { add("skipped " + std::to_string(records)); }
  void note(std::string_view key, std::string_view value) override;
  void metric(std::string_view name, std::int64_t delta) override;
  Result<void> reserve(std::uint64_t bytes) override;
  void unreserve(std::uint64_t bytes) override { add("unreserve " + std::to_string(bytes)); }
  BatchTarget batch_target() override { return target; }
  const void* extension(const char* id) override { return std::string_view(id) == "test" ? this : nullptr; }

  std::vector<std::string> lines() const;

  std::atomic<bool> cancelled = false;
  BatchTarget target{};
  bool full = false;  // no memory to reserve

 private:
  void add(std::string line);

  mutable std::mutex mutex_;
  std::vector<std::string> lines_;
};

// A context with what it stands on.
struct Called {
  explicit Called(boost::json::object parameters = {}, Identity identity = {.step = "step"});
  operator const SluiceContext*() const { return context.raw(); }

  Heard heard;
  Context context;
};

}  // namespace sluice::plugin
