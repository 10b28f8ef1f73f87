namespace Jobs.Core.Definitions;

/// <summary>One broken rule of one declaration.</summary>
/// <param name="Job">Name of the job.</param>
/// <param name="Rule">What has to hold.</param>
/// <param name="Value">What was declared.</param>
/// <param name="Remedy">What to write instead.</param>
public sealed record DefinitionError(string Job, string Rule, string Value, string Remedy)
{
    public override string ToString() => $"Job '{Job}': {Rule} (declared: {Value}). {Remedy}";
}
