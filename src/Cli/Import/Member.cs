namespace Jobs.Cli.Import;

/// <summary>A member of an initializer, or a step behind it, as one environment has it.</summary>
/// <param name="Code">Null when the environment does not set it.</param>
/// <param name="Fallback">What stands for it in an environment that does not set it.</param>
internal sealed record Member(string Name, string? Code, string Fallback, IReadOnlyList<Remark> Remarks);
