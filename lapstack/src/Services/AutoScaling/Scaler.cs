using Lapstack.Ground;
using Lapstack.Ports;

namespace Lapstack.Services.AutoScaling;

/// <summary>Sets desired counts within limits and cooldowns, one decision at a time, and keeps account of it.</summary>
internal sealed class Scaler(
    ScalingStore store, IServiceCapacity capacity, Activity activity, Ids ids, TimeProvider clock) : IScaling
{
    private readonly Lock _gate = new();

    public bool Exists(string policyArn) => store.Policy(policyArn) is StepPolicy;

    public void Scale(string policyArn, string alarm, double breach, bool isBelow)
    {
        var policy = (StepPolicy)store.Policy(policyArn)!;
        if (StepScaling.Choose(policy, breach, isBelow) is not { } step) return;
        Apply(
            policy,
            current => StepScaling.Adjust(policy, step, current),
            $"monitor alarm {alarm} in state ALARM triggered policy {policy.Name}");
    }

    /// <param name="propose">From a capacity to what the policy asks for then.</param>
    public void Apply(ScalingPolicy policy, Func<int, int> propose, string cause)
    {
        lock (_gate)
        {
            if (store.Target(policy.TargetId) is not { } target || capacity.Find(target.ResourceId) is not { } current)
            {
                return;
            }

            var (state, now) = (store.StateOf(target), clock.GetUtcNow());
            var cooldown = state.Cooldowns.GetValueOrDefault(policy.Arn, Cooldown.None);
            if (cooldown.Decide(current, propose, state.Limits, now) is not { } wanted) return;
            Set(target, wanted, cause);
            store.Update(
                target,
                s =>
                    s with
                    {
                        Cooldowns = Cooled(
                            s.Cooldowns, policy, cooldown.After(current, wanted, policy, now), wanted > current),
                    });
        }
    }

    /// <summary>New limits; a desired count outside of them is brought to the nearer one.</summary>
    public void Limit(ScalableTarget target, ScheduledAction action)
    {
        lock (_gate)
        {
            var before = store.StateOf(target).Limits;
            var limits = new CapacityLimits(action.Min ?? before.Min, action.Max ?? before.Max);
            var cause = $"scheduled action name {action.Name} was triggered";
            if (limits.Min > limits.Max)
            {
                activity.Report(
                    "AutoScaling",
                    "ScheduledActionFailed",
                    $"{action.Name}: the minimum {limits.Min} would be above the maximum {limits.Max} of " +
                    $"{target.ResourceId}.");
                return;
            }
            Note(target, $"Setting min capacity to {limits.Min} and max capacity to {limits.Max}", cause);
            store.Update(target, s => s with { Limits = limits });
            if (capacity.Find(target.ResourceId) is { } current
                && limits.Clamp(current) is var wanted
                && wanted != current)
            {
                Set(target, wanted, cause);
            }
        }
    }

    private void Set(ScalableTarget target, int wanted, string cause)
    {
        capacity.Set(target.ResourceId, wanted);
        Note(target, $"Setting desired count to {wanted}.", cause);
    }

    private void Note(ScalableTarget target, string description, string cause)
    {
        store.Update(
            target,
            s =>
                s with
                {
                    Activities =
                    [
                        new ScalingActivity(ids.Uuid(), clock.GetUtcNow(), description, cause), .. s.Activities,
                    ],
                });
        activity.Report("AutoScaling", "ScalingActivity", $"{target.ResourceId}: {description} Cause: {cause}.");
    }

    /// <summary>Scaling out, by whichever policy, ends every cooldown after scaling in.</summary>
    private static Dictionary<string, Cooldown> Cooled(
        IReadOnlyDictionary<string, Cooldown> cooldowns, ScalingPolicy policy, Cooldown cooldown, bool isOut)
    {
        var cooled = cooldowns.ToDictionary(
            c => c.Key,
            c => isOut ? c.Value with { InUntil = DateTimeOffset.MinValue } : c.Value,
            StringComparer.Ordinal);
        cooled[policy.Arn] = cooldown;
        return cooled;
    }
}
