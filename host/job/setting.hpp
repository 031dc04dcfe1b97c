// SPDX-License-Identifier: Apache-2.0
//
// `setting`: how a job runs.
#pragma once

#include <boost/json/object.hpp>
#include <chrono>
#include <cstdint>
#include <optional>
#include <string>

#include "job/lint.hpp"
#include "job/option.hpp"

namespace sluice::job {

struct ErrorLimit {
  std::optional<std::uint64_t> record;  // nothing: unlimited
  std::optional<double> percentage;     // 0 to 1: dirty / read
};

struct Retry {
  std::uint32_t times = 3;  // attempts after the first one
  std::chrono::milliseconds interval{1000};
  double backoff = 2;  // the interval grows by this factor
};

struct Setting {
  std::uint32_t concurrent = 1;                     // the most lanes
  std::optional<double> mbps;                       // MB/s through the whole job, MB = 2^20 bytes; nothing: no throttle
  std::optional<std::uint64_t> records_per_second;  // through the whole job; nothing: no throttle
  ErrorLimit error_limit;
  bool distribute = false;
  std::string time_zone;  // empty: none
  std::uint64_t memory = std::uint64_t{256} << 20;
  std::int32_t delivery = SLUICE_DELIVERY_AUTO;  // one of SluiceContext::delivery
  Retry retry;
  std::chrono::milliseconds call_timeout{std::chrono::hours{1}};
  bool isolate = false;
};

// The keys of `setting`, for lint, documentation and the editor's schema.
const OptionTable& setting_table();

// Reads and checks `setting`; problems have their values replaced by the defaults.
Setting parse_setting(const boost::json::object& given, const Document& document, Problems& problems,
                      LintRules rules = {});

}  // namespace sluice::job
