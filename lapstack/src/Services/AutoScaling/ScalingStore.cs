using System.Collections.Concurrent;
using Lapstack.State;

namespace Lapstack.Services.AutoScaling;

/// <summary>The targets and policies of the stack, and what has become of the targets.</summary>
internal sealed class ScalingStore(StateFolder state, TimeProvider clock)
{
    private const int KeptActivities = 100;

    private readonly Lock _gate = new();
    private readonly ServiceState _state = state.For("application-autoscaling");
    private readonly ConcurrentDictionary<string, ScalableTarget> _targets = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, ScalingPolicy> _policies = new(StringComparer.Ordinal);

    public IReadOnlyList<ScalableTarget> Targets => [.. _targets.Values.OrderBy(t => t.Id, StringComparer.Ordinal)];

    public IReadOnlyList<ScalingPolicy> Policies => [.. _policies.Values.OrderBy(p => p.Arn, StringComparer.Ordinal)];

    public ScalableTarget? Target(string id) => _targets.GetValueOrDefault(id);

    public ScalingPolicy? Policy(string arn) => _policies.GetValueOrDefault(arn);

    /// <summary>Limits that a scheduled action has set stay, until the template declares others.</summary>
    public void Add(ScalableTarget target)
    {
        _targets[target.Id] = target;
        lock (_gate)
        {
            var known = _state.Read<TargetState>(FileOf(target.Id));
            if (known is null)
            {
                _state.Write(FileOf(target.Id), new TargetState(target.Limits, target.Limits, clock.GetUtcNow()));
            }
            else if (known.Declared != target.Limits)
            {
                _state.Write(FileOf(target.Id), known with { Declared = target.Limits, Limits = target.Limits });
            }
        }
    }

    public void Add(ScalingPolicy policy) => _policies[policy.Arn] = policy;

    /// <summary>When the target was first declared; now for a new one. A rate counts from there.</summary>
    public DateTimeOffset CreatedAt(string targetId) =>
        _state.Read<TargetState>(FileOf(targetId))?.CreatedAt ?? clock.GetUtcNow();

    public TargetState StateOf(ScalableTarget target)
    {
        lock (_gate) return _state.Read<TargetState>(FileOf(target.Id))!;
    }

    public void Update(ScalableTarget target, Func<TargetState, TargetState> change)
    {
        lock (_gate)
        {
            var changed = change(_state.Read<TargetState>(FileOf(target.Id))!);
            _state.Write(FileOf(target.Id), changed with { Activities = [.. changed.Activities.Take(KeptActivities)] });
        }
    }

    private static string FileOf(string targetId) => $"targets/{FileNames.Hash(targetId)}.json";
}
