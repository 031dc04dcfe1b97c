// SPDX-License-Identifier: Apache-2.0
// Types, fields and schemas: plain values over the Arrow C schema. Not thread-safe; copy freely.
#pragma once

#include <charconv>
#include <cstdint>
#include <cstring>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "sluice/error.hpp"

namespace sluice {

enum class TypeId {
  null_,
  boolean,
  int8,
  int16,
  int32,
  int64,
  uint8,
  uint16,
  uint32,
  uint64,
  float32,
  float64,
  decimal128,
  decimal256,
  utf8,
  large_utf8,
  binary,
  large_binary,
  date32,
  time64_us,
  time64_ns,
  timestamp_us,
  timestamp_ns,
  duration_us
};

// The type of a column. `utc` says that a timestamp is an instant; without it, it is a wall-clock time.
struct Type {
  TypeId id = TypeId::null_;
  int precision = 0;  // decimals
  int scale = 0;
  bool utc = false;

  friend bool operator==(const Type&, const Type&) = default;

  bool is_text() const { return id == TypeId::utf8 || id == TypeId::large_utf8; }
  bool is_binary() const { return id == TypeId::binary || id == TypeId::large_binary; }
  bool is_variable() const { return is_text() || is_binary(); }
  // Bytes of a value; 0 for booleans (bits), nulls and variable ones.
  size_t width() const {
    switch (id) {
      case TypeId::int8:
      case TypeId::uint8:
        return 1;
      case TypeId::int16:
      case TypeId::uint16:
        return 2;
      case TypeId::int32:
      case TypeId::uint32:
      case TypeId::float32:
      case TypeId::date32:
        return 4;
      case TypeId::int64:
      case TypeId::uint64:
      case TypeId::float64:
      case TypeId::time64_us:
      case TypeId::time64_ns:
      case TypeId::timestamp_us:
      case TypeId::timestamp_ns:
      case TypeId::duration_us:
        return 8;
      case TypeId::decimal128:
        return 16;
      case TypeId::decimal256:
        return 32;
      default:
        return 0;
    }
  }
};

constexpr Type type(TypeId id) { return {id, 0, 0, false}; }
constexpr Type decimal(int precision, int scale) {
  return {precision <= 38 ? TypeId::decimal128 : TypeId::decimal256, precision, scale, false};
}
constexpr Type instant() { return {TypeId::timestamp_us, 0, 0, true}; }
constexpr Type wall_clock() { return {TypeId::timestamp_us, 0, 0, false}; }

namespace detail {
struct FormatName {
  TypeId id;
  const char* format;
};
inline constexpr FormatName format_names[] = {
    {TypeId::null_, "n"},        {TypeId::boolean, "b"},         {TypeId::int8, "c"},
    {TypeId::uint8, "C"},        {TypeId::int16, "s"},           {TypeId::uint16, "S"},
    {TypeId::int32, "i"},        {TypeId::uint32, "I"},          {TypeId::int64, "l"},
    {TypeId::uint64, "L"},       {TypeId::float32, "f"},         {TypeId::float64, "g"},
    {TypeId::utf8, "u"},         {TypeId::large_utf8, "U"},      {TypeId::binary, "z"},
    {TypeId::large_binary, "Z"}, {TypeId::date32, "tdD"},        {TypeId::time64_us, "ttu"},
    {TypeId::time64_ns, "ttn"},  {TypeId::timestamp_us, "tsu:"}, {TypeId::timestamp_ns, "tsn:"},
    {TypeId::duration_us, "tDu"}};

inline std::optional<Type> parse_decimal(std::string_view body) {
  int numbers[3] = {0, 0, 128};
  size_t count = 0;
  const char* at = body.data();
  const char* const end = at + body.size();
  while (count < 3) {
    const auto [next, failed] = std::from_chars(at, end, numbers[count++]);
    if (failed != std::errc() || (next != end && *next != ',')) return std::nullopt;
    if (next == end) break;
    at = next + 1;
  }
  const int most = numbers[2] == 128 ? 38 : 76;
  if (count < 2 || (numbers[2] != 128 && numbers[2] != 256) || numbers[0] < 1 || numbers[0] > most) return std::nullopt;
  return Type{numbers[2] == 128 ? TypeId::decimal128 : TypeId::decimal256, numbers[0], numbers[1], false};
}
}  // namespace detail

// From an Arrow format string; nothing when the type is none that crosses the boundary. A timestamp with any
// zone is an instant.
inline std::optional<Type> parse_format(std::string_view format) {
  if (format.starts_with("d:")) return detail::parse_decimal(format.substr(2));
  const bool zoned = format.size() > 4 && (format.starts_with("tsu:") || format.starts_with("tsn:"));
  const std::string_view plain = zoned ? format.substr(0, 4) : format;
  for (const auto& name : detail::format_names)
    if (plain == name.format) return Type{name.id, 0, 0, zoned};
  return std::nullopt;
}

inline std::string format_of(const Type& type) {
  if (type.id == TypeId::decimal128 || type.id == TypeId::decimal256)
    return "d:" + std::to_string(type.precision) + "," + std::to_string(type.scale) +
           (type.id == TypeId::decimal256 ? ",256" : "");
  for (const auto& name : detail::format_names)
    if (name.id == type.id) return name.format + std::string(type.utc ? "UTC" : "");
  return "n";
}

// One column: name, type, whether NULL occurs, and what Arrow cannot say (the SLUICE_META_ keys).
struct Field {
  std::string name;
  Type type;
  bool nullable = true;
  std::map<std::string, std::string> metadata = {};

  std::string meta(const std::string& key) const {
    const auto found = metadata.find(key);
    return found == metadata.end() ? std::string() : found->second;
  }
  Field with(std::string key, std::string value) const {
    Field copy = *this;
    copy.metadata[std::move(key)] = std::move(value);
    return copy;
  }
};

class Schema {
 public:
  Schema() = default;
  explicit Schema(std::vector<Field> fields) : fields_(std::move(fields)) {}

  // Reads a record schema; throws SLUICE_INVALID for a type that does not cross the boundary.
  static Schema import(const ArrowSchema& raw) {
    std::vector<Field> fields;
    for (int64_t i = 0; i < raw.n_children; ++i) fields.push_back(import_field(*raw.children[i]));
    return Schema(std::move(fields));
  }
  // Fills `out`, whose release frees everything.
  void export_to(ArrowSchema* out) const {
    auto node = std::make_unique<Node>();
    node->format = "+s";
    for (const auto& field : fields_) node->children.push_back(export_field(field));
    for (auto& child : node->children) node->pointers.push_back(&child->raw);
    node->fill(*out, 0);
    out->private_data = node.release();
  }

  size_t size() const { return fields_.size(); }
  const Field& operator[](size_t index) const { return fields_[index]; }
  const std::vector<Field>& fields() const { return fields_; }
  void add(Field field) { fields_.push_back(std::move(field)); }

 private:
  struct Node {
    std::string format, name, metadata;
    std::vector<std::unique_ptr<Node>> children;
    std::vector<ArrowSchema*> pointers;
    ArrowSchema raw{};

    void fill(ArrowSchema& out, int64_t flags) {
      out = {format.c_str(),
             name.c_str(),
             metadata.empty() ? nullptr : metadata.data(),
             flags,
             static_cast<int64_t>(pointers.size()),
             pointers.data(),
             nullptr,
             nullptr,
             nullptr};
      out.release = [](ArrowSchema* schema) {
        auto* node = static_cast<Node*>(schema->private_data);
        schema->release = nullptr;
        for (ArrowSchema* child : node->pointers)
          if (child->release != nullptr) child->release(child);
        delete node;
      };
    }
  };

  static std::unique_ptr<Node> export_field(const Field& field) {
    auto node = std::make_unique<Node>();
    node->format = format_of(field.type);
    node->name = field.name;
    if (!field.metadata.empty()) {
      append_int(node->metadata, static_cast<int32_t>(field.metadata.size()));
      for (const auto& [key, value] : field.metadata)
        for (const std::string* text : {&key, &value}) {
          append_int(node->metadata, static_cast<int32_t>(text->size()));
          node->metadata += *text;
        }
    }
    node->fill(node->raw, field.nullable ? ARROW_FLAG_NULLABLE : 0);
    node->raw.release = [](ArrowSchema* schema) { schema->release = nullptr; };  // freed with its parent
    return node;
  }
  static void append_int(std::string& out, int32_t value) { out.append(reinterpret_cast<const char*>(&value), 4); }

  static Field import_field(const ArrowSchema& raw) {
    Field field;
    field.name = raw.name == nullptr ? "" : raw.name;
    const auto parsed = parse_format(raw.format);
    if (!parsed)
      throw invalid("no such column type at the plugin boundary: " + field.name + " has \"" + raw.format + "\"");
    field.type = *parsed;
    field.nullable = (raw.flags & ARROW_FLAG_NULLABLE) != 0;
    const char* at = raw.metadata;
    for (int32_t left = at == nullptr ? 0 : read_int(at); left > 0; --left) {
      std::string key = read_text(at);
      field.metadata[std::move(key)] = read_text(at);
    }
    return field;
  }
  static int32_t read_int(const char*& at) {
    int32_t value;
    std::memcpy(&value, at, 4);
    at += 4;
    return value;
  }
  static std::string read_text(const char*& at) {
    const int32_t size = read_int(at);
    std::string text(at, static_cast<size_t>(size));
    at += size;
    return text;
  }

  std::vector<Field> fields_;
};

}  // namespace sluice
