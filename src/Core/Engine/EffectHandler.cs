using Jobs.Core.Runs;

namespace Jobs.Core.Engine;

/// <summary>Performs one effect that a run owes. It must be idempotent: after a crash it is performed again.</summary>
/// <param name="effect">What is owed.</param>
/// <param name="reading">The run that owes it, as it was read or written last.</param>
/// <returns>False when it cannot be done yet: it stays owed.</returns>
public delegate Task<bool> EffectHandler(Effect effect, RunReading reading, CancellationToken cancellation);
