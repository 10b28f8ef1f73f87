namespace Lapstack.Services.Sqs;

/// <summary>Where messages go that were received often enough.</summary>
/// <param name="MaxReceiveCount">A message received this often is moved instead of being received once more. At least
/// 1.</param>
internal sealed record RedrivePolicy(string DeadLetterTargetArn, int MaxReceiveCount);
