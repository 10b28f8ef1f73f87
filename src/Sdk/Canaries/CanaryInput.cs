namespace Jobs.Sdk.Canaries;

/// <param name="Token">Comes back in the result and stands in the log, so that both are known to be of this
/// run.</param>
internal sealed record CanaryInput(CanaryAct Does, string Token = "");
