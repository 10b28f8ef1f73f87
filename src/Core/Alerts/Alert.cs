namespace Jobs.Core.Alerts;

/// <param name="Subject">Printable ASCII, at most 99 characters: SNS's rule.</param>
/// <param name="Body">Plain text, at most 256 KiB.</param>
public sealed record Alert(string Subject, string Body);
