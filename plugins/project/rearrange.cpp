// SPDX-License-Identifier: Apache-2.0
#include "rearrange.hpp"

#include <memory>

namespace sluice::project {

namespace {

struct Rearranged {
  Batch input;
  std::vector<ArrowArray> columns;
  std::vector<ArrowArray*> children;
  const void* buffers[1];
};

void release(ArrowArray* array) {
  const std::unique_ptr<Rearranged> ended(static_cast<Rearranged*>(array->private_data));
  array->release = nullptr;
}

}  // namespace

Batch rearrange(Batch batch, const std::vector<size_t>& sources) {
  auto made = std::make_unique<Rearranged>();
  const ArrowArray input = batch.raw();
  made->columns.reserve(sources.size());
  for (const size_t source : sources) {
    ArrowArray column = *input.children[source];
    column.release = [](ArrowArray* child) { child->release = nullptr; };  // freed with the input
    made->columns.push_back(column);
  }
  for (auto& column : made->columns) made->children.push_back(&column);
  made->buffers[0] = input.buffers == nullptr ? nullptr : input.buffers[0];
  ArrowArray out = {input.length,  input.null_count,      input.offset, 1,        static_cast<int64_t>(sources.size()),
                    made->buffers, made->children.data(), nullptr,      &release, nullptr};
  made->input = std::move(batch);
  out.private_data = made.release();
  return Batch(&out);
}

}  // namespace sluice::project
