using Jobs.Core.Definitions;

namespace Jobs.Analyzers;

/// <summary>What synthesis would say of a class.</summary>
/// <param name="Definition">What it declares; null when it is no job, or cannot be one.</param>
/// <param name="Errors">The rules that it breaks.</param>
internal sealed record Judgement(JobDefinition? Definition, IReadOnlyList<DefinitionError> Errors);
