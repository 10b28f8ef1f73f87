namespace Jobs.Core.Alerts;

/// <summary>What is told, by e-mail and in chat channels.</summary>
/// <param name="Subject">Printable ASCII, at most 99 characters: SNS's rule.</param>
/// <param name="Body">Plain text, at most 256 KiB.</param>
public sealed record Alert(string Subject, string Body)
{
    /// <summary>The job that it is about, by which its recipients are chosen; null for none.</summary>
    public string? Job { get; init; }

    /// <summary>The same for chat channels.</summary>
    public required ChatText Chat { get; init; }

    /// <summary>It goes to those who hear of successes, and to no others.</summary>
    public bool IsSuccess { get; init; }
}
