// SPDX-License-Identifier: Apache-2.0
#include "engine/verification.hpp"

#include <algorithm>
#include <boost/json/serialize.hpp>
#include <chrono>
#include <utility>

#include "engine/dead_letters.hpp"
#include "engine/refused_records.hpp"
#include "engine/target_side.hpp"

namespace sluice::engine {
namespace {

using record::RecordHash;

// So few records are described at once, without a second look at their hashes.
constexpr std::uint64_t few = 4096;

std::string text_of(const boost::json::value& value) {
  return value.is_string() ? std::string(value.get_string()) : boost::json::serialize(value);
}

// The same key, whatever types its values arrived in.
bool is_same(const boost::json::object& a, const boost::json::object& b) {
  return a.size() == b.size() && std::all_of(a.begin(), a.end(), [&](const auto& member) {
           const auto* other = b.if_contains(member.key());
           return other != nullptr && text_of(*other) == text_of(member.value());
         });
}

plugin::Failure no_target(const std::string& step) {
  plugin::Failure failure;
  failure.code = SLUICE_NOT_FOUND;
  failure.message = "the target is not there, so nothing can be compared with it (run the job first): step " + step;
  return failure;
}

}  // namespace

// What both sides are, and what was seen of them. Kept until the end, also for a run that was abandoned.
struct Verification::Sides {
  record::Schema wanted;
  RecordKey key;
  ResolvedJob target;
  bool target_is_empty = false;
  std::vector<KeyedRecord> refused;  // by the writer, in an earlier run
  std::vector<std::unique_ptr<Gatherer>> gatherers;

  RecordView view() const { return {wanted, key}; }
  template <class Kind, class... Arguments>
  Kind& make(Arguments&&... arguments) {
    auto made = std::make_unique<Kind>(view(), std::forward<Arguments>(arguments)...);
    Kind& answer = *made;
    gatherers.push_back(std::move(made));
    return answer;
  }
  BucketSums* source_sums = nullptr;
  BucketSums* target_sums = nullptr;
  std::filesystem::path target_directory;  // of its first run, with the records that could not be read
};

Verification::Verification(const ResolvedJob& job, plugin::Catalogue& catalogue, std::filesystem::path scratch,
                           record::Validation validation, Log& log, const RunHooks& hooks)
    : job_(job),
      catalogue_(catalogue),
      runs_(std::move(scratch), validation, log, hooks),
      sides_(std::make_unique<Sides>()) {}

Verification::~Verification() = default;

std::optional<Verdict> Verification::run(const VerifyWish& wish, job::Problems& problems, OpenOutcome& failure) {
  const auto start = std::chrono::steady_clock::now();
  problems_ = &problems;
  failure_ = &failure;
  limit_ = wish.limit;
  with_values_ = wish.values;
  verdict_.job = job_.job->file;
  if (!look_at_target(wish, problems, failure)) return {};
  if (compare(wish)) decide();
  if (problems.has_errors() && !verdict_.error) return {};
  verdict_.elapsed_seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
  return std::move(verdict_);
}

// Opens the job as a run would, for the schema that its writer wants and for the way back.
bool Verification::look_at_target(const VerifyWish& wish, job::Problems& problems, OpenOutcome& failure) {
  const auto fail = [&](const plugin::Failure& why) {
    job::report_value(job_.job->document, problems, job::Severity::error, job_.writer.step->path(), why.text());
    failure.failure = why;
    failure.job.reset();
    return false;
  };
  const OpenRules rules{.check_only = true, .resumable = false, .flags = SLUICE_READBACK};
  failure = engine::open(job_, rules, runs_.log(), problems);
  if (!failure.job || problems.has_errors()) return false;
  OpenJob& open = *failure.job;
  if (open.target.offer.target_missing) return fail(no_target(job_.writer.step->name));
  auto readback = open.writer->readback();
  if (!readback) {
    plugin::Failure why = readback.error();
    if (why.code == SLUICE_UNSUPPORTED)
      why.message = "what this writer has written cannot be read again, so nothing can be compared";
    return fail(why);
  }
  auto key = choose_key(open.target.wanted, open.arriving(), wish.key);
  if (!key) return fail(key.error());
  sides_->wanted = open.target.wanted.clone();
  sides_->key = std::move(*key);
  if (!sides_->key.whole) verdict_.key = sides_->key.names(sides_->wanted);
  verdict_.others = readback->others;
  if (wish.others_allowed) verdict_.others = *wish.others_allowed ? "as asked for" : "";
  sides_->target_is_empty = readback->reader.empty();
  if (!sides_->target_is_empty) sides_->target = target_side(job_, *readback, catalogue_, problems);
  failure.job.reset();
  return !problems.has_errors();
}

DifferenceRules Verification::rules() const {
  return {.others_allowed = !verdict_.others.empty(), .keyed = !sides_->key.whole};
}

bool Verification::read(const ResolvedJob& side, Gatherer& into, SideSums* sums, std::filesystem::path* directory) {
  if (&side == &sides_->target && sides_->target_is_empty) return true;
  auto outcome = runs_.run(side, into, *problems_);
  if (outcome.not_opened) {
    *failure_ = std::move(*outcome.not_opened);
    return false;
  }
  if (directory != nullptr) *directory = outcome.directory;
  if (sums != nullptr) {
    sums->counters = outcome.summary.counters;
    sums->compared = outcome.summary.counters.written;
    sums->dirty_kinds = outcome.summary.dirty_kinds;
  }
  if (outcome.is_whole()) return true;
  verdict_.exit_code = outcome.summary.exit_code;
  verdict_.error = outcome.summary.error;
  verdict_.abandoned = outcome.summary.abandoned;
  if (!verdict_.error) verdict_.error = RunError{"the records could not be read", ""};
  return false;
}

bool Verification::compare(const VerifyWish& wish) {
  if (!wish.refused_by.empty()) {
    if (const auto plan = read_plan(wish.refused_by))
      sides_->refused = records_refused_by(job_.writer.step->name, *plan, wish.refused_by, sides_->view(),
                                           {job_.job->setting.time_zone});
  }
  if (!sum()) return false;
  const bool allowed = rules().others_allowed;
  std::vector<std::size_t> differing;
  std::uint64_t records = 0;
  for (std::size_t i = 0; i < BucketSums::buckets; ++i) {
    const auto &ours = sides_->source_sums->at(i), &theirs = sides_->target_sums->at(i);
    if (ours == theirs || (allowed && ours.records == 0)) continue;
    differing.push_back(i);
    records += ours.records + theirs.records;
  }
  bool named = true;
  if (!differing.empty() && records <= few && !with_values_) {
    std::vector<bool> chosen(BucketSums::buckets);
    for (const std::size_t bucket : differing) chosen[bucket] = true;
    named = name([chosen](const RecordHash& key) { return chosen[BucketSums::bucket_of(key)]; });
  } else if (!differing.empty()) {
    DifferingKeys found;
    if (!narrow(differing, found)) return false;
    auto& keys = found.keys;
    std::sort(keys.begin(), keys.end());
    named = keys.empty() ||
            name([&keys](const RecordHash& key) { return std::binary_search(keys.begin(), keys.end(), key); });
    verdict_.complete = verdict_.complete && found.complete;
    verdict_.differences.superseded += found.superseded;
  }
  if (named && verdict_.target.counters.dirty > 0) tell_unreadable();
  return named;
}

bool Verification::sum() {
  sides_->source_sums = &sides_->make<BucketSums>();
  sides_->target_sums = &sides_->make<BucketSums>();
  if (!read(job_, *sides_->source_sums, &verdict_.source)) return false;
  if (!read(sides_->target, *sides_->target_sums, &verdict_.target, &sides_->target_directory)) return false;
  // As if what was refused were there: whoever misses it looks twice, and then sees why.
  for (const KeyedRecord& record : sides_->refused) sides_->target_sums->add(record);
  return true;
}

// The differing keys of the buckets, as many buckets at a time as the memory allows, until enough are known.
bool Verification::narrow(const std::vector<std::size_t>& buckets, DifferingKeys& found) {
  const std::uint64_t most = std::max<std::uint64_t>(job_.job->setting.memory / 2 / sizeof(KeyedRecord), 1 << 16);
  for (std::size_t next = 0; next < buckets.size();) {
    if (!found.complete) return true;
    std::vector<bool> chosen(BucketSums::buckets);
    std::uint64_t records = 0;
    do {
      const std::size_t bucket = buckets[next];
      chosen[bucket] = true;
      records += sides_->source_sums->at(bucket).records + sides_->target_sums->at(bucket).records;
    } while (++next < buckets.size() && records < most);
    if (!narrow_some(chosen, found)) return false;
  }
  return true;
}

bool Verification::narrow_some(const std::vector<bool>& chosen, DifferingKeys& found) {
  const KeyFilter in_chosen = [&chosen](const RecordHash& key) { return chosen[BucketSums::bucket_of(key)]; };
  const bool allowed = rules().others_allowed;
  auto& ours = sides_->make<KeyedRecords>(in_chosen);
  if (!read(job_, ours, nullptr)) return false;
  const auto source = ours.take();
  const auto is_ours = [&](const RecordHash& key) {
    const auto first = std::lower_bound(source.begin(), source.end(), KeyedRecord{key, {}});
    return first != source.end() && first->key == key;
  };
  // Of what else the target may hold nothing is kept.
  auto& theirs =
      sides_->make<KeyedRecords>([&](const RecordHash& key) { return in_chosen(key) && (!allowed || is_ours(key)); });
  if (!read(sides_->target, theirs, nullptr)) return false;
  found.add(source, theirs.take(), sides_->refused, rules(), limit_);
  return true;
}

bool Verification::name(const KeyFilter& filter) {
  auto& ours = sides_->make<RecordDetails>(filter, with_values_);
  auto& theirs = sides_->make<RecordDetails>(filter, with_values_);
  if (!read(job_, ours, nullptr) || !read(sides_->target, theirs, nullptr)) return false;
  verdict_.complete = verdict_.complete && ours.is_complete() && theirs.is_complete();
  verdict_.differences = find_differences(ours.take(), theirs.take(), sides_->refused, sides_->wanted, rules());
  auto& list = verdict_.differences.list;
  if (list.size() > limit_) {
    list.resize(limit_);
    verdict_.complete = false;
  }
  return true;
}

// A record whose key can be told is there, and differs; of the others it is only known that they are there.
void Verification::tell_unreadable() {
  DeadLetters letters(sides_->target_directory);
  while (auto letter = letters.next()) {
    if (verdict_.unreadable.size() == limit_) {
      verdict_.complete = false;
      break;
    }
    Unreadable record{{}, letter->at("column"), letter->at("code"), letter->at("message"), letter->at("location")};
    for (const std::string& name : verdict_.key)
      if (const auto* values = letter->record())
        if (const auto* value = values->if_contains(name)) record.key[name] = *value;
    auto& found = verdict_.differences;
    const auto missed = std::find_if(found.list.begin(), found.list.end(), [&](const Difference& difference) {
      return difference.kind == DifferenceKind::missing && !record.key.empty() && is_same(difference.key, record.key);
    });
    if (missed != found.list.end()) {
      missed->kind = DifferenceKind::different;
      missed->columns = {record.column};
      ++missed->in_target;
      --found.missing;
      ++found.different;
    }
    verdict_.unreadable.push_back(std::move(record));
  }
}

void Verification::decide() {
  const auto& found = verdict_.differences;
  verdict_.refused = sides_->refused.size();
  if (!verdict_.others.empty() && verdict_.complete) {
    const std::uint64_t theirs = verdict_.target.compared + found.missing + found.superseded + verdict_.refused;
    verdict_.others_found = theirs - std::min(theirs, verdict_.source.compared);
  }
  const bool equal = found.list.empty() && verdict_.complete && verdict_.target.counters.dirty == 0;
  verdict_.exit_code = equal ? exit_code::done : exit_code::failed;
}

}  // namespace sluice::engine
