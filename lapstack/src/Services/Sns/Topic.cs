namespace Lapstack.Services.Sns;

/// <summary>A standard topic.</summary>
/// <param name="DisplayName">The sender's name in e-mails; null for AWS's own.</param>
internal sealed record Topic(string Name, string Arn, string? DisplayName);
