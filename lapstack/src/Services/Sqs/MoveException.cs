namespace Lapstack.Services.Sqs;

/// <summary>A message cannot be moved.</summary>
/// <param name="reason">As the API's FailureReason says it.</param>
internal sealed class MoveException(string reason) : Exception(reason);
