namespace Jobs.Core.Runs;

/// <param name="TaskArn">The task to stop; of a kind that this version does not know its whole text; null for every
/// other kind.</param>
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

    public static Effect AlertSuccess { get; } = new(EffectKind.AlertSuccess);

    /// <summary>Nothing about the run itself waits for it.</summary>
    public bool IsAlert => Kind is
        EffectKind.Alert or EffectKind.AlertStuck or EffectKind.AlertRecovered or EffectKind.AlertSuccess;

    public static Effect Stop(string taskArn) => new(EffectKind.Stop, taskArn);

    /// <summary>Reads what <see cref="ToString"/> wrote; what this version does not know is carried as it is.</summary>
    public static Effect Parse(string text)
    {
        var colon = text.IndexOf(':', StringComparison.Ordinal);
        var isKnown = Enum.TryParse<EffectKind>(colon < 0 ? text : text[..colon], out var kind)
            && kind != EffectKind.Unknown;
        return isKnown ? new(kind, colon < 0 ? null : text[(colon + 1)..]) : new(EffectKind.Unknown, text);
    }

    public override string ToString() => this switch
    {
        { Kind: EffectKind.Unknown } => TaskArn!,
        { TaskArn: null } => Kind.ToString(),
        _ => $"{Kind}:{TaskArn}",
    };
}
