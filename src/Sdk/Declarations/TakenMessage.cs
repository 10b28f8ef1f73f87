namespace Jobs.Sdk.Declarations;

/// <summary>What the body of a message says.</summary>
/// <param name="Value">For the handler.</param>
/// <param name="Identity">
/// What the bodies that say the very same have in common, to handle it once; null when each is one of its own.
/// </param>
internal sealed record TakenMessage(object Value, string? Identity = null);
