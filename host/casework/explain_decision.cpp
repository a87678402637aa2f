#include "casework/explain_decision.hpp"

#include "casework/check_register.hpp"

namespace sendcheck {
namespace {

class KeepOne final : public CheckConsumer {
 public:
  bool wants_pupils() const override { return true; }
  using CheckConsumer::take;
  void take(CheckedPupil pupil) override { pupil_ = std::move(pupil); }

  CheckedPupil& pupil() { return pupil_; }

 private:
  CheckedPupil pupil_;
};

}  // namespace

Result<ExplainedDecision> explain_decision(const Workspace& workspace,
                                           const std::string& register_path,
                                           const std::string& upn,
                                           const std::string& rule, Date as_of,
                                           CheckLog* log) {
  CheckOptions options;
  options.register_path = register_path;
  options.as_of = as_of;
  options.rules.ids = {rule};
  options.upn = upn;
  options.log = log;
  KeepOne keep;
  auto report = check_register(workspace, options, keep);
  if (!report) return unexpected(report.error());
  CheckedPupil& pupil = keep.pupil();
  ExplainedDecision explained;
  explained.run = std::move(report->run);
  explained.upn = pupil.upn;
  explained.name = pupil.name.empty() ? pupil.upn : pupil.name;
  explained.rejections = std::move(pupil.rejections);
  if (!pupil.decisions.empty()) {
    explained.decision = std::move(pupil.decisions.front());
  }
  return explained;
}

}  // namespace sendcheck
