// SPDX-License-Identifier: Apache-2.0
#include "record/cast.hpp"

#include <algorithm>
#include <tuple>

#include "record/cast_plan.hpp"
#include "record/utf8.hpp"

namespace sluice::record {
namespace {

// A column of NULLs: of a reader that knows no type for it.
void fill_nulls(const Type& type, OwnedColumn& out) {
  const auto rows = static_cast<std::size_t>(out.rows);
  out.nulls = out.rows;
  if (type.id == TypeId::null_ || rows == 0) return;
  const std::size_t width =
      is_variable(type.id) ? (has_large_offsets(type.id) ? 8 : 4) : static_cast<std::size_t>(width_of(type.id));
  out.validity = Buffer::zeroed(bitmap_bytes(out.rows));
  out.values = Buffer::zeroed(type.id == TypeId::boolean ? bitmap_bytes(out.rows) : (rows + 1) * width);
}

OwnedColumn convert(const CastStep& step, const ColumnView& in, const Zone* zone, FaultList& faults) {
  OwnedColumn out;
  out.rows = in.rows;
  if (in.type.id == TypeId::null_) {
    fill_nulls(step.to, out);
    return out;
  }
  if (in.validity != nullptr) {
    out.validity.append(in.validity, bitmap_bytes(in.rows));
    out.nulls = in.rows - count_bits(in.validity, in.rows);
  }
  step.kernel({in, step.to, zone, out, faults});
  return out;
}

void check_required(const ColumnView& column, FaultList& faults) {
  if (column.validity == nullptr && column.type.id != TypeId::null_) return;
  for (std::int64_t row = 0; row < column.rows; ++row) {
    if (column.is_null(row)) faults.add(row, Fault::null);
  }
}

void check_length(const ColumnView& column, std::int64_t length, FaultList& faults) {
  const bool in_characters = is_text(column.type.id);
  for_each_set(column.validity, column.rows, [&](std::int64_t row) {
    const std::string_view text = column.text(row);
    if (static_cast<std::int64_t>(text.size()) <= length) return;
    if (in_characters && count_characters(text) <= length) return;
    faults.add(row, Fault::too_long);
  });
}

void check_encoding(const ColumnView& column, FaultList& faults) {
  for_each_set(column.validity, column.rows, [&](std::int64_t row) {
    if (!is_utf8(column.text(row))) faults.add(row, Fault::encoding);
  });
}

void check(const CastStep& step, const ColumnView& column, FaultList& faults) {
  if (step.required) check_required(column, faults);
  if (step.checks_encoding) check_encoding(column, faults);
  if (step.length) check_length(column, *step.length, faults);
}

// One fault a record: that of its first column.
void keep_first(std::vector<FaultAt>& faults) {
  std::ranges::stable_sort(faults, {}, [](const FaultAt& at) { return std::tuple(at.row, at.column); });
  const auto rest = std::ranges::unique(faults, {}, &FaultAt::row);
  faults.erase(rest.begin(), rest.end());
}

std::vector<std::int64_t> rows_without(const std::vector<FaultAt>& faults, std::int64_t rows) {
  std::vector<std::int64_t> good;
  good.reserve(static_cast<std::size_t>(rows) - faults.size());
  auto next = faults.begin();
  for (std::int64_t row = 0; row < rows; ++row) {
    if (next != faults.end() && next->row == row) {
      ++next;
    } else {
      good.push_back(row);
    }
  }
  return good;
}

}  // namespace

// Messages are made once for a run of faults of one kind.
void Cast::report(const std::vector<FaultAt>& faults, const OnBad& on_bad) const {
  std::string message;
  const FaultAt* last = nullptr;
  for (const FaultAt& at : faults) {
    if (last == nullptr || last->column != at.column || last->fault != at.fault) {
      message = plan_->steps[static_cast<std::size_t>(at.column)].message(at.fault);
    }
    last = &at;
    on_bad({at.row, at.column, code_of(at.fault), message});
  }
}

Cast::Cast(std::unique_ptr<const Plan> plan) : plan_(std::move(plan)) {}
Cast::Cast(Cast&&) noexcept = default;
Cast& Cast::operator=(Cast&&) noexcept = default;
Cast::~Cast() = default;

bool Cast::is_identity() const { return plan_->identity; }
const Schema& Cast::schema() const { return plan_->schema; }

CastResult Cast::apply(const SharedBatch& input, const OnBad& on_bad) const {
  if (plan_->identity) return {input, {}};
  FaultList faults;
  std::vector<Part> parts(plan_->steps.size());
  const Zone* const zone = plan_->zone ? &*plan_->zone : nullptr;
  for (std::size_t i = 0; i < parts.size(); ++i) {
    const CastStep& step = plan_->steps[i];
    faults.column = static_cast<int>(i);
    const ColumnView in(input->column(i), step.from);
    if (step.shares) {
      parts[i].shared = input;
      parts[i].index = i;
      check(step, ColumnView(input->column(i), step.to), faults);
    } else {
      parts[i].owned = convert(step, in, zone, faults);
      check(step, view_of(parts[i].owned, step.to), faults);
    }
  }
  const std::int64_t rows = input->rows();
  SharedBatch output = plan_->shares_all ? input : share(assemble(std::move(parts), plan_->schema, rows));
  if (faults.found.empty()) return {std::move(output), {}};
  keep_first(faults.found);
  report(faults.found, on_bad);
  std::vector<std::int64_t> good = rows_without(faults.found, rows);
  return {share(select(*output, plan_->schema, good)), std::move(good)};
}

}  // namespace sluice::record
