// SPDX-License-Identifier: Apache-2.0
#include "record/schema.hpp"

#include <sluice/plugin.h>

#include <charconv>
#include <cstring>
#include <memory>

#include "record/arrow_metadata.hpp"

namespace sluice::record {
namespace {

// What stands behind the private_data of one exported ArrowSchema.
struct Exported {
  std::string format;
  std::string name;
  std::string metadata;
  std::vector<ArrowSchema> children;
  std::vector<ArrowSchema*> pointers;
};

void release_schema(ArrowSchema* schema) {
  const std::unique_ptr<Exported> exported(static_cast<Exported*>(schema->private_data));
  for (ArrowSchema& child : exported->children) {
    if (child.release != nullptr) child.release(&child);  // NULL: moved out by the reader
  }
  schema->release = nullptr;
}

void fill(ArrowSchema* out, std::unique_ptr<Exported> exported, bool nullable) {
  for (ArrowSchema& child : exported->children) exported->pointers.push_back(&child);
  *out = {};
  out->format = exported->format.c_str();
  out->name = exported->name.c_str();
  out->metadata = exported->metadata.empty() ? nullptr : exported->metadata.data();
  out->flags = nullable ? ARROW_FLAG_NULLABLE : 0;
  out->n_children = static_cast<std::int64_t>(exported->children.size());
  out->children = exported->pointers.empty() ? nullptr : exported->pointers.data();
  out->release = release_schema;
  out->private_data = exported.release();
}

void export_field(const Field& field, ArrowSchema* out) {
  auto exported = std::make_unique<Exported>();
  exported->format = format_of(field.type);
  exported->name = field.name;
  exported->metadata = encode_metadata(field.metadata);
  fill(out, std::move(exported), field.nullable);
}

void export_schema(const std::vector<Field>& fields, const Metadata& metadata, ArrowSchema* out) {
  auto exported = std::make_unique<Exported>();
  exported->format = "+s";
  exported->metadata = encode_metadata(metadata);
  exported->children.resize(fields.size());
  for (std::size_t i = 0; i < fields.size(); ++i) export_field(fields[i], &exported->children[i]);
  fill(out, std::move(exported), false);
}

Field read_field(const ArrowSchema& raw) {
  Field field;
  field.name = raw.name == nullptr ? "" : raw.name;
  field.type = *parse_type(raw.format);
  field.nullable = (raw.flags & ARROW_FLAG_NULLABLE) != 0;
  field.metadata = decode_metadata(raw.metadata);
  return field;
}

}  // namespace

std::optional<std::string_view> Field::find(std::string_view key) const {
  for (const auto& [text, value] : metadata) {
    if (text == key) return value;
  }
  return {};
}

std::optional<std::int64_t> Field::length() const {
  const auto text = find(SLUICE_META_LENGTH);
  if (!text) return {};
  std::int64_t length = 0;
  const auto [end, error] = std::from_chars(text->data(), text->data() + text->size(), length);
  if (error != std::errc() || end != text->data() + text->size() || length <= 0) return {};
  return length;
}

bool Field::required() const { return find(SLUICE_META_REQUIRED) == "1"; }

Schema::Schema(Schema&& other) noexcept
    : fields_(std::move(other.fields_)), metadata_(std::move(other.metadata_)), raw_(std::exchange(other.raw_, {})) {
  other.fields_.clear();
}

Schema& Schema::operator=(Schema&& other) noexcept {
  std::swap(fields_, other.fields_);
  std::swap(metadata_, other.metadata_);
  std::swap(raw_, other.raw_);
  return *this;
}

Schema::~Schema() {
  if (raw_.release != nullptr) raw_.release(&raw_);
}

boost::system::result<Schema, std::string> Schema::take(ArrowSchema* raw) {
  auto schema = read(*raw);
  if (raw->release != nullptr) raw->release(raw);
  raw->release = nullptr;
  return schema;
}

boost::system::result<Schema, std::string> Schema::read(const ArrowSchema& raw) {
  if (std::string problem = check(raw); !problem.empty()) return problem;
  std::vector<Field> fields;
  for (std::int64_t i = 0; i < raw.n_children; ++i) fields.push_back(read_field(*raw.children[i]));
  return make(std::move(fields), decode_metadata(raw.metadata));
}

Schema Schema::make(std::vector<Field> fields, Metadata metadata) {
  Schema schema;
  schema.fields_ = std::move(fields);
  schema.metadata_ = std::move(metadata);
  export_schema(schema.fields_, schema.metadata_, &schema.raw_);
  return schema;
}

Schema Schema::clone() const { return make(fields_, metadata_); }

void Schema::release_to(ArrowSchema* out) const { export_schema(fields_, metadata_, out); }

}  // namespace sluice::record
