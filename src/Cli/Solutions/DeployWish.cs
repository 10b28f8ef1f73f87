namespace Jobs.Cli.Solutions;

/// <summary>What a person wants deployed, and how.</summary>
/// <param name="App">Folder of the app; null for that of the nearest cdk.json.</param>
/// <param name="Stack">One of several stacks; null for the only one.</param>
/// <param name="Context">What synthesis is told, each as <c>name=value</c>.</param>
/// <param name="IsAgreed">It need not be asked for.</param>
/// <param name="Force">What is wrong with the account or this machine does not keep it.</param>
internal sealed record DeployWish(
    string? App, string? Stack, IReadOnlyList<string> Context, bool IsAgreed, bool Force);
