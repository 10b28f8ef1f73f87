namespace Jobs.Core.Runs;

/// <param name="TaskArn">The task to stop; null for every other kind.</param>
public readonly record struct Effect(EffectKind Kind, string? TaskArn = null)
{
    public static Effect Launch { get; } = new(EffectKind.Launch);

    public static Effect Release { get; } = new(EffectKind.Release);

    public static Effect ReleaseSchedule { get; } = new(EffectKind.ReleaseSchedule);

    public static Effect Follow { get; } = new(EffectKind.Follow);

    public static Effect TellParent { get; } = new(EffectKind.TellParent);

    public static Effect StartChildren { get; } = new(EffectKind.StartChildren);

    public static Effect CountChildren { get; } = new(EffectKind.CountChildren);

    public static Effect CancelChildren { get; } = new(EffectKind.CancelChildren);

    public static Effect Alert { get; } = new(EffectKind.Alert);

    public static Effect AlertStuck { get; } = new(EffectKind.AlertStuck);

    public static Effect AlertRecovered { get; } = new(EffectKind.AlertRecovered);

    /// <summary>Nothing about the run itself waits for it.</summary>
    public bool IsAlert => Kind is EffectKind.Alert or EffectKind.AlertStuck or EffectKind.AlertRecovered;

    public static Effect Stop(string taskArn) => new(EffectKind.Stop, taskArn);

    /// <summary>Reads what <see cref="ToString"/> wrote.</summary>
    public static Effect Parse(string text)
    {
        var colon = text.IndexOf(':', StringComparison.Ordinal);
        return colon < 0 ? new(Enum.Parse<EffectKind>(text)) : new(Enum.Parse<EffectKind>(text[..colon]), text[(colon + 1)..]);
    }

    public override string ToString() => TaskArn is null ? Kind.ToString() : $"{Kind}:{TaskArn}";
}
