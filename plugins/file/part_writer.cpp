// SPDX-License-Identifier: Apache-2.0
#include "part_writer.hpp"

namespace sluice::file {

namespace {

constexpr std::uint64_t sync_step = std::uint64_t{8} << 20;

}  // namespace

PartWriter::~PartWriter() {
  if (finished_) return;
  for (const Part& part : parts_) ::unlink(staging_.path_of(part.name).c_str());
}

void PartWriter::write(std::string_view lines) {
  if (file_ && most_ != 0 && parts_.back().bytes + lines.size() > most_) close();
  if (!file_) open();
  compressor_->write(lines);
}

std::vector<Part> PartWriter::finish() {
  if (file_) close();
  finished_ = true;
  return parts_;
}

void PartWriter::open() {
  parts_.push_back({name_ + "." + std::to_string(parts_.size() + 1), 0});
  syncing_ = 0;
  file_ = create_file(staging_.path_of(parts_.back().name));
  compressor_ = pack(compression_, [this](std::string_view bytes) { write_packed(bytes); });
  if (!header_.empty()) compressor_->write(header_);
}

void PartWriter::close() {
  compressor_->finish();
  sync_file(file_, staging_.path_of(parts_.back().name));
  file_ = Descriptor();
}

void PartWriter::write_packed(std::string_view bytes) {
  write_all(file_, bytes, staging_.path_of(parts_.back().name));
  std::uint64_t& written = parts_.back().bytes;
  written += bytes.size();
  if (written - syncing_ < sync_step) return;
  begin_sync(file_, syncing_, written - syncing_);
  syncing_ = written;
}

}  // namespace sluice::file
