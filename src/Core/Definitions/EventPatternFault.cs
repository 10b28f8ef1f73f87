namespace Jobs.Core.Definitions;

/// <summary>Why EventBridge would not take an event pattern.</summary>
/// <param name="Place">Names of the fields on the way: <c>detail.state</c>; empty for the whole.</param>
/// <param name="Rule">What has to hold there.</param>
/// <param name="Value">What is there.</param>
/// <param name="Remedy">What to write instead.</param>
internal sealed record EventPatternFault(string Place, string Rule, string Value, string Remedy);
