using System.Collections.Concurrent;
using Jobs.Core.Runs;

namespace Jobs.Core.Engine;

/// <summary>
/// Keeps a kind of effect whose recipient fails again and again from using up a sweep's time: after a few failures in a
/// row it is left owed, and the next sweep tries again. Everything else goes on.
/// </summary>
public sealed class EffectBreaker
{
    /// <summary>Failures in a row after which a kind is left.</summary>
    public const int Limit = 3;

    private readonly ConcurrentDictionary<EffectKind, int> _failures = new();

    public bool IsOpen(EffectKind kind) => _failures.GetValueOrDefault(kind) >= Limit;

    public void Failed(EffectKind kind) => _failures.AddOrUpdate(kind, 1, (_, before) => before + 1);

    public void Succeeded(EffectKind kind) => _failures[kind] = 0;
}
