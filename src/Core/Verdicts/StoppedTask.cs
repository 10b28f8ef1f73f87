using Jobs.Core.Tasks;
using Jobs.Core.Workers;

namespace Jobs.Core.Verdicts;

/// <summary>All the evidence about an attempt that has ended.</summary>
/// <param name="Task">What ECS says.</param>
/// <param name="Worker">What the worker recorded for this launch; null when it recorded nothing.</param>
/// <param name="Cause">Why we asked for the stop; null when we did not.</param>
/// <param name="HasHost">The image records results, so exit code 0 alone proves nothing.</param>
public sealed record StoppedTask(TaskObservation Task, WorkerRecord? Worker, StopCause? Cause, bool HasHost);
