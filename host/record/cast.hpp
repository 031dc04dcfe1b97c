// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <boost/system/result.hpp>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "record/batch.hpp"
#include "record/schema.hpp"

namespace sluice::record {

struct FaultAt;

struct CastOptions {
  // setting.common.column.timeZone: the zone of timestamps without a zone; empty: none was given.
  std::string time_zone;
};

// A pair of columns that cannot be cast whatever their values are.
struct CastProblem {
  int column = -1;  // by position; -1: the table as a whole
  std::string text;
  std::string advice;   // the way out
  std::string setting;  // path of the setting to blame; empty: the columns
};

// A record of the input that does not fit, with the first column that is to blame. The views live for the call. The
// message holds no values of the record.
struct BadRecord {
  std::int64_t row = 0;
  int column = 0;
  std::string_view
      code;  // "null", "range", "inexact", "parse", "too-long", "encoding", "time-gap", "time-twice", "time-zone"
  std::string_view message;
};

struct CastResult {
  SharedBatch batch;               // the good records, maybe none
  std::vector<std::int64_t> rows;  // input row of each output row; empty when no record was bad
};

// The one place where values change type: from the reader's schema to the one that the writer wants, by position.
// A value arrives exactly or its record is bad. Columns that need no change share their memory with the input; when
// no column needs one, the input itself is the answer.
//
//   auto cast = Cast::plan(reader_schema, wanted, {.time_zone = "Europe/Berlin"});
//   if (!cast) return cast.error();
//   auto [batch, rows] = cast->apply(input, [&](const BadRecord& bad) { dirty.add(bad); });
//
// NOT NULL (sluice.required) and lengths (sluice.length) of the wanted schema are checked here as well.
// Move-only; apply() may run on many threads at once.
class Cast {
 public:
  using Problems = std::vector<CastProblem>;
  using OnBad = std::function<void(const BadRecord&)>;

  static boost::system::result<Cast, Problems> plan(const Schema& from, const Schema& to, const CastOptions& = {});

  Cast(Cast&&) noexcept;
  Cast& operator=(Cast&&) noexcept;
  ~Cast();

  // `on_bad` is called once a bad record, in row order, before this returns.
  CastResult apply(const SharedBatch& input, const OnBad& on_bad) const;

  // No column is converted or checked.
  bool is_identity() const;
  // The schema of the answer.
  const Schema& schema() const;

 private:
  struct Plan;
  void report(const std::vector<FaultAt>&, const OnBad&) const;
  explicit Cast(std::unique_ptr<const Plan>);
  std::unique_ptr<const Plan> plan_;
};

}  // namespace sluice::record
