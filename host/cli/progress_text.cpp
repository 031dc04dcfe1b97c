// SPDX-License-Identifier: Apache-2.0
#include "cli/progress_text.hpp"

#include <cmath>

#include "cli/quantity_text.hpp"

namespace sluice::cli {
namespace {

// Tenths of seconds would only flicker.
std::string eta_text(double seconds) {
  return seconds < 60 ? std::to_string(std::lround(seconds)) + " s" : duration_text(seconds);
}

constexpr double window_seconds = 10;
constexpr double least_seconds = 2;  // before that an estimate only jumps about

}  // namespace

std::optional<double> seconds_left(const engine::Progress& now) {
  if (now.estimated_records <= 0 || now.read == 0 || now.elapsed_seconds < least_seconds) return {};
  auto whole = static_cast<double>(now.estimated_records);
  auto done = static_cast<double>(now.read);
  if (done >= whole) return {};
  return (whole - done) * now.elapsed_seconds / done;
}

double ProgressText::speed(const engine::Progress& now) {
  samples_.push_back({now.elapsed_seconds, now.bytes});
  while (samples_.size() > 2 && samples_[1].seconds <= now.elapsed_seconds - window_seconds) samples_.pop_front();
  const Sample first = samples_.size() > 1 ? samples_.front() : Sample{0, 0};
  double seconds = now.elapsed_seconds - first.seconds;
  return seconds > 0 ? static_cast<double>(now.bytes - first.bytes) / seconds : 0;
}

std::string ProgressText::line(const engine::Progress& now) {
  double current = speed(now);
  if (now.phase == "prepare") return "preparing the target  " + duration_text(now.elapsed_seconds);
  if (now.phase == "complete") return "completing  " + count_text(now.written, "record") + " written";
  std::string line = count_text(now.read, "record") + "  " + speed_text(current);
  line += "  splits " + std::to_string(now.splits_done) + '/' + std::to_string(now.splits);
  if (now.dirty > 0) line += "  dirty " + count_text(now.dirty);
  if (auto left = seconds_left(now)) line += "  ETA " + eta_text(*left);
  return line;
}

}  // namespace sluice::cli
