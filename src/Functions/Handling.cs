using Amazon.Lambda.SQSEvents;

namespace Jobs.Functions;

/// <summary>Handles a message of an inbox, and says in a few words what came of it.</summary>
/// <param name="mayWait">Whether it is received again if what it is for is not deployed yet.</param>
public delegate Task<string> Handling(SQSEvent.SQSMessage message, bool mayWait, CancellationToken cancellation);
