namespace Jobs.Cli.Verify;

/// <summary>What was expected was not seen.</summary>
/// <param name="seen">What was seen instead.</param>
internal sealed class MissedException(string seen, string nextStep) : Exception(seen)
{
    public string NextStep => nextStep;
}
