// SPDX-License-Identifier: Apache-2.0
#include "record/type.hpp"

#include <algorithm>
#include <array>

#include "record/take.hpp"

namespace sluice::record {
namespace {

struct Name {
  TypeId id;
  std::string_view format;
  std::string_view name;
  int width;
};

// In the order of TypeId.
constexpr std::array<Name, 24> names{{
    {TypeId::null_, "n", "null", 0},
    {TypeId::boolean, "b", "boolean", 0},
    {TypeId::int8, "c", "int8", 1},
    {TypeId::int16, "s", "int16", 2},
    {TypeId::int32, "i", "int32", 4},
    {TypeId::int64, "l", "int64", 8},
    {TypeId::uint8, "C", "uint8", 1},
    {TypeId::uint16, "S", "uint16", 2},
    {TypeId::uint32, "I", "uint32", 4},
    {TypeId::uint64, "L", "uint64", 8},
    {TypeId::float32, "f", "float32", 4},
    {TypeId::float64, "g", "float64", 8},
    {TypeId::decimal128, "d:", "decimal", 16},
    {TypeId::decimal256, "d:", "decimal", 32},
    {TypeId::utf8, "u", "text", 0},
    {TypeId::large_utf8, "U", "text", 0},
    {TypeId::binary, "z", "binary", 0},
    {TypeId::large_binary, "Z", "binary", 0},
    {TypeId::date32, "tdD", "date", 4},
    {TypeId::time64_us, "ttu", "time", 8},
    {TypeId::time64_ns, "ttn", "time(9)", 8},
    {TypeId::timestamp_us, "tsu:", "timestamp", 8},
    {TypeId::timestamp_ns, "tsn:", "timestamp(9)", 8},
    {TypeId::duration_us, "tDu", "duration", 8},
}};

const Name& entry(TypeId id) { return names[static_cast<std::size_t>(id)]; }

// "38,10" or "76,10,256".
std::optional<Type> parse_decimal(std::string_view text) {
  Type type{TypeId::decimal128};
  int bits = 128;
  if (!take_number(text, type.precision) || !take(text, ',') || !take_number(text, type.scale)) return {};
  if (take(text, ',') && !take_number(text, bits)) return {};
  if (!text.empty() || (bits != 128 && bits != 256)) return {};
  if (bits == 256) type.id = TypeId::decimal256;
  const int most = bits == 256 ? max_precision_256 : max_precision_128;
  if (type.precision < 1 || type.precision > most || type.scale < -most || type.scale > most) return {};
  return type;
}

}  // namespace

std::optional<Type> parse_type(std::string_view format) {
  if (format.starts_with("d:")) return parse_decimal(format.substr(2));
  if (format.starts_with("tsu:")) return Type{.id = TypeId::timestamp_us, .utc = format.size() > 4};
  if (format.starts_with("tsn:")) return Type{.id = TypeId::timestamp_ns, .utc = format.size() > 4};
  const auto found = std::find_if(names.begin(), names.end(), [&](const Name& name) { return name.format == format; });
  if (found == names.end()) return {};
  return Type{found->id};
}

std::string format_of(const Type& type) {
  std::string text(entry(type.id).format);
  if (is_decimal(type.id)) text += std::to_string(type.precision) + "," + std::to_string(type.scale);
  if (type.id == TypeId::decimal256) text += ",256";
  if (is_timestamp(type.id) && type.utc) text += "UTC";
  return text;
}

std::string name_of(const Type& type) {
  std::string text(entry(type.id).name);
  if (is_decimal(type.id)) text += "(" + std::to_string(type.precision) + "," + std::to_string(type.scale) + ")";
  if (is_timestamp(type.id) && type.utc) text += " with zone";
  return text;
}

int width_of(TypeId id) { return entry(id).width; }

int buffers_of(TypeId id) {
  if (id == TypeId::null_) return 0;
  return is_variable(id) ? 3 : 2;
}

}  // namespace sluice::record
