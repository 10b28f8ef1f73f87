namespace Jobs.Bench.Cost;

/// <summary>
/// US dollars in us-east-1 for x86, without free tiers: https://aws.amazon.com/lambda/pricing/,
/// /dynamodb/pricing/on-demand/, /sqs/pricing/, /eventbridge/pricing/, /step-functions/pricing/, /vpc/pricing/. ECS's
/// own calls and its state change events are free. What Fargate asks, Core has.
/// </summary>
internal static class Prices
{
    public const double WriteUnit = 0.625e-6;
    public const double ReadUnit = 0.125e-6;
    public const double SqsRequest = 0.40e-6;
    public const double LambdaRequest = 0.20e-6;
    public const double LambdaGigabyteSecond = 0.0000166667;

    /// <summary>
    /// S3's object events are opt-in data events, priced like custom ones; some sources call them free.
    /// </summary>
    public const double S3Event = 1.00e-6;

    public const double StateTransition = 25e-6;

    /// <summary>Of standard resolution, on one metric. https://aws.amazon.com/cloudwatch/pricing/</summary>
    public const double AlarmMonth = 0.10;

    /// <summary>https://aws.amazon.com/kms/pricing/</summary>
    public const double KeyMonth = 1;

    /// <summary>By the second, for a minute at least, as the task that has it.</summary>
    public const double PublicIpv4Hour = 0.005;
}
