using Jobs.Core.Runs;

namespace Jobs.Core.Engine;

/// <summary>
/// One handler for each kind of effect that reaches beyond the run itself. All are required, so an engine that lacks
/// one cannot be made. Launch and Release are the engine's own: their outcome changes the run.
/// </summary>
public sealed record EffectHandlers
{
    public required EffectHandler Stop { get; init; }

    public required EffectHandler ReleaseSchedule { get; init; }

    public required EffectHandler Follow { get; init; }

    public required EffectHandler TellParent { get; init; }

    public required EffectHandler StartChildren { get; init; }

    public required EffectHandler CountChildren { get; init; }

    public required EffectHandler CancelChildren { get; init; }

    /// <summary>For every kind of alert.</summary>
    public required EffectHandler Alert { get; init; }

    /// <exception cref="ArgumentOutOfRangeException">The engine performs this kind itself.</exception>
    internal EffectHandler For(EffectKind kind) => kind switch
    {
        EffectKind.Stop => Stop,
        EffectKind.ReleaseSchedule => ReleaseSchedule,
        EffectKind.Follow => Follow,
        EffectKind.TellParent => TellParent,
        EffectKind.StartChildren => StartChildren,
        EffectKind.CountChildren => CountChildren,
        EffectKind.CancelChildren => CancelChildren,
        EffectKind.Alert or EffectKind.AlertStuck or EffectKind.AlertRecovered or EffectKind.AlertSuccess => Alert,
        _ =>
            throw new ArgumentOutOfRangeException(
                nameof(kind), kind, "The engine performs this kind of effect itself."),
    };
}
