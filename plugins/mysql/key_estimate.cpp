// SPDX-License-Identifier: Apache-2.0
#include "mysql/key_estimate.hpp"

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <string_view>

#include "mysql/text_rows.hpp"

namespace sluice::mysql {

namespace {

__extension__ typedef __int128 Wide;  // holds every signed and unsigned bigint

// Ranges are halved until a split has this many of them.
constexpr int64_t pieces_per_split = 6;

std::string text_of(Wide value) {
  if (value < 0) return "-" + text_of(-value);
  return (value > 9 ? text_of(value / 10) : "") + static_cast<char>('0' + static_cast<int>(value % 10));
}

Wide wide_of(std::string_view text) {
  const bool is_negative = text.starts_with('-');
  Wide value = 0;
  for (const char c : text.substr(is_negative ? 1 : 0)) value = value * 10 + (c - '0');
  return is_negative ? -value : value;
}

// A half-open range and the server's idea of its records.
struct Piece {
  Wide from, to;
  int64_t records;
};

class Halving {
 public:
  Halving(Connection& connection, const Selected& part, const SplitKey& key)
      // MySQL does not look into an index that it is forced to.
      : connection_(connection),
        from_(part.from + (connection.is_mariadb() ? " FORCE" : " USE") + " INDEX (" + key.index + ")"),
        key_(key) {}

  // Ascending pieces of at most `most` records, as far as the server can tell.
  std::vector<Piece> pieces(Wide first, Wide last, int64_t most) {
    pieces_.clear();
    halve({first, last + 1, records_in(first, last + 1)}, std::max<int64_t>(1, most), 0);
    return std::move(pieces_);
  }

 private:
  // Estimates of large ranges are cut at half of the table, so those of the halves count.
  void halve(const Piece& piece, int64_t most, int depth) {
    if (piece.records <= most || piece.to - piece.from < 2 || depth > 66) {
      pieces_.push_back(piece);
      return;
    }
    const Wide middle = piece.from + (piece.to - piece.from) / 2;
    halve({piece.from, middle, records_in(piece.from, middle)}, most, depth + 1);
    halve({middle, piece.to, records_in(middle, piece.to)}, most, depth + 1);
  }

  int64_t records_in(Wide from, Wide to) {
    return estimated_records(connection_, from_,
                             key_.quoted + " >= " + text_of(from) + " AND " + key_.quoted + " < " + text_of(to));
  }

  Connection& connection_;
  std::string from_;
  const SplitKey& key_;
  std::vector<Piece> pieces_;
};

// Where the pieces come nearest to the shares: before a piece or after it.
sql::KeyBoundaries merged(const std::vector<Piece>& pieces, const std::vector<double>& shares) {
  double total = 0, seen = 0;
  for (const Piece& piece : pieces) total += static_cast<double>(piece.records);
  sql::KeyBoundaries found;
  auto share = shares.begin();
  for (const Piece& piece : pieces) {
    const auto records = static_cast<double>(piece.records);
    const auto is_before = [&](double one) { return total * one < seen + records / 2; };
    if (seen > 0 && share != shares.end() && is_before(*share)) {
      found.add(text_of(piece.from), text_of(piece.from), seen / total);
      share = std::find_if_not(share, shares.end(), is_before);  // a large piece may be more than one share
    }
    seen += records;
  }
  return found;
}

}  // namespace

int64_t estimated_records(Connection& connection, const std::string& from, const std::string& condition) {
  const std::string sql = "EXPLAIN SELECT 1 FROM " + from + " WHERE " + condition;
  MYSQL* const native = connection.native();
  if (mysql_real_query(native, sql.data(), sql.size()) != 0) throw connection.failure("plan");
  const StoredResult result(mysql_store_result(native));
  const MYSQL_ROW row = result ? mysql_fetch_row(result.get()) : nullptr;
  if (row == nullptr) return 0;
  double records = 0, share = 100;
  for (unsigned i = 0; i < mysql_num_fields(result.get()); ++i) {
    const std::string_view name = mysql_fetch_field_direct(result.get(), i)->name;
    if (row[i] == nullptr) continue;
    if (name == "rows") records = std::strtod(row[i], nullptr);
    if (name == "filtered") share = std::strtod(row[i], nullptr);
  }
  return std::llround(records * share / 100);
}

sql::KeyBoundaries estimated_boundaries(Connection& connection, const Selected& part, const SplitKey& key,
                                        const std::vector<double>& shares) {
  const Rows ends = select_rows(connection, "SELECT MIN(" + key.quoted + "), MAX(" + key.quoted + ") FROM " + part.from,
                                "plan " + part.label);
  if (ends.empty() || !ends[0][0] || !ends[0][1]) return {};
  const auto records = static_cast<double>(size_of_table(connection, *part.table).records);
  const auto most = static_cast<int64_t>(records * shares.front()) / pieces_per_split;
  return merged(Halving(connection, part, key).pieces(wide_of(*ends[0][0]), wide_of(*ends[0][1]), most), shares);
}

}  // namespace sluice::mysql
