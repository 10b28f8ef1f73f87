using Jobs.Core.Definitions;

namespace Jobs;

/// <summary>
/// A class is declared as a job in a way that cannot work. The message has the job, the rule, the value and the remedy.
/// </summary>
public sealed class JobDeclarationException(DefinitionError error) : Exception(error.ToString())
{
    /// <summary>Job, rule, value and remedy.</summary>
    public DefinitionError Error { get; } = error;
}
