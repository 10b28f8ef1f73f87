using Lapstack.Access;
using Lapstack.Ground;
using Lapstack.Template;

namespace Lapstack.Services.Scheduler;

/// <summary>
/// EventBridge Scheduler acts for a schedule as the schedule's role, where the role trusts it. What the role's trust
/// policy may ask for is the group, not the schedule.
/// https://docs.aws.amazon.com/scheduler/latest/UserGuide/cross-service-confused-deputy-prevention.html
/// </summary>
internal static class ScheduleRole
{
    /// <exception cref="TemplateException">The role does not trust Scheduler: such a schedule is not made.</exception>
    public static Caller Assume(IAuthorizer authorizer, Account account, string roleArn, string scheduleArn)
    {
        var group = account.Arn("scheduler", $"schedule-group/{scheduleArn.Split('/')[1]}");
        return authorizer.Assume("scheduler.amazonaws.com", roleArn, "scheduler", group) ?? throw new TemplateException(
            $"The execution role you provide must allow AWS EventBridge Scheduler to assume the role. Role: {roleArn}");
    }
}
