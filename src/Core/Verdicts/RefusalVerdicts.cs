namespace Jobs.Core.Verdicts;

/// <summary>
/// Classifies why RunTask started nothing: a reason in <c>failures[]</c>, or an exception's code and message. Both are read alike,
/// because AWS says the same thing in either place, and some throttles come disguised as other errors.
/// https://docs.aws.amazon.com/AmazonECS/latest/developerguide/api_failures_messages.html
/// </summary>
public static class RefusalVerdicts
{
    private static readonly string[] ThrottleWords = ["Rate exceeded", "throttl", "Too many concurrent", "TooManyRequests", "LimitExceeded", "Slow down"];

    private static readonly string[] CapacityWords = ["Capacity is unavailable", "RESOURCE:", "EMPTY CAPACITY PROVIDER", "NO ACTIVE INSTANCES", "insufficient capacity"];

    private static readonly string[] QuotaWords = ["reached the limit", "quota", "PROVISIONING"];

    private static readonly HashSet<string> MisconfigurationCodes =
    [
        "InvalidParameterException", "ClusterNotFoundException", "PlatformUnknownException", "PlatformTaskDefinitionIncompatibilityException",
        "UnsupportedFeatureException", "ATTRIBUTE", "INACTIVE", "LOCATION", "ClientException",
    ];

    /// <param name="code">The exception's error code, or the failure's reason.</param>
    /// <param name="detail">The exception's message, or the failure's detail.</param>
    public static Verdict Classify(string code, string? detail)
    {
        var text = string.IsNullOrEmpty(detail) ? code : $"{code}: {detail}";
        if (Has(ThrottleWords)) return Throttled(text);
        if (Has(QuotaWords)) return VcpuLimit(text);
        if (Has(CapacityWords) || code == "AGENT") return Capacity(text);
        return code switch
        {
            "AccessDeniedException" or "UnrecognizedClientException" => AccessDenied(text),
            "BlockedException" => Blocked(text),
            "ServerException" or "InternalFailure" or "ServiceUnavailable" or "ServiceUnavailableException" => ServiceFailed(text),
            _ when MisconfigurationCodes.Contains(code) => Misconfigured(text),
            _ => Unknown(text),
        };

        bool Has(string[] words) => words.Any(word => text.Contains(word, StringComparison.OrdinalIgnoreCase));
    }

    internal static Verdict Capacity(string text) => new(
        VerdictClass.CapacityUnavailable,
        Cure.RetryFree,
        $"Fargate has no capacity for the task now: {text}",
        "Nothing to do: it is tried again. If it repeats, allow more zones or a smaller size.");

    private static Verdict Throttled(string text) => new(
        VerdictClass.Throttled, Cure.RetryFree, $"ECS refused the call for its rate: {text}", "Nothing to do: it is tried again.");

    private static Verdict VcpuLimit(string text) => new(
        VerdictClass.VcpuLimit,
        Cure.RetryFree,
        $"The account's Fargate quota is in use: {text}",
        "It is tried again as tasks end; to run more at once, raise the Fargate vCPU quota in Service Quotas.");

    private static Verdict AccessDenied(string text) => new(
        VerdictClass.AccessDenied,
        Cure.GiveUp,
        $"The function may not start the task: {text}",
        "Deploy the stack again, so that its roles allow RunTask and PassRole for this job; then start the run again.");

    private static Verdict Blocked(string text) => new(
        VerdictClass.AccountBlocked, Cure.GiveUp, $"AWS has blocked the account: {text}", "Contact AWS Support; then start the run again.");

    private static Verdict ServiceFailed(string text) => new(
        VerdictClass.ServiceFailed, Cure.RetryFree, $"ECS failed: {text}", "Nothing to do: it is tried again.");

    private static Verdict Misconfigured(string text) => new(
        VerdictClass.Misconfigured,
        Cure.GiveUp,
        $"ECS will never start this task: {text}",
        "Correct what it names, in the declaration or the stack, and deploy; then start the run again.");

    private static Verdict Unknown(string text) => new(
        VerdictClass.RefusedUnknown, Cure.RetryFree, $"ECS started nothing: {text}", "It is tried again; if it repeats, look the reason up in the ECS documentation.");
}
