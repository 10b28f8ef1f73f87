namespace Lapstack.Services.Sns;

/// <summary>A standard topic.</summary>
/// <param name="DisplayName">The sender's name in e-mails; null for AWS's own.</param>
/// <param name="Policy">As JSON; null for none. Access reads it from the stack: here it is only shown.</param>
/// <param name="KmsMasterKeyId">Only shown: the state folder is the laptop's own.</param>
internal sealed record Topic(
    string Name, string Arn, string? DisplayName, string? Policy = null, string? KmsMasterKeyId = null);
