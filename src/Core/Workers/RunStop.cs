using Jobs.Core.Engine;
using Jobs.Core.Tasks;

namespace Jobs.Core.Workers;

/// <param name="Launch">The launch that the run is at.</param>
/// <param name="Cause">Why we asked for its task to be stopped; null when we did not, or for a cause that this version
/// does not know.</param>
public sealed record RunStop(int Launch, StopCause? Cause);
