namespace Jobs;

/// <summary>
/// Starts the job for every event of EventBridge that has this source, this type and this detail; several on one job
/// are several patterns. The job's input is the event's detail, or an <see cref="Event{TDetail}"/>.
/// https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-event-patterns.html
/// </summary>
/// <example><code>
/// [OnEvent(
///     Source = "com.example.orders", DetailType = "Order Failed", Detail = """{"amount":[{"numeric":[">",100]}]}""")]
/// public sealed class ReviewOrder : IJob&lt;ReviewOrder.Order, ReviewOrder.Reviewed&gt;
/// </code></example>
[AttributeUsage(AttributeTargets.Class, Inherited = false, AllowMultiple = true)]
public sealed class OnEventAttribute : Attribute
{
    /// <summary>
    /// Who sends the events, matched as written: <c>aws.ecr</c>, <c>com.example.orders</c>. Required, unless there is a
    /// <see cref="Pattern"/>.
    /// </summary>
    public string? Source { get; set; }

    /// <summary>What kind of events, matched as written: <c>ECR Image Scan</c>. Default: any.</summary>
    public string? DetailType { get; set; }

    /// <summary>
    /// What their detail has, as JSON text of an event pattern: <c>{"state":["failed"]}</c>. Default: any.
    /// https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-create-pattern-operators.html
    /// </summary>
    public string? Detail { get; set; }

    /// <summary>
    /// The whole event pattern as JSON text, in place of <see cref="Source"/>, <see cref="DetailType"/> and
    /// <see cref="Detail"/>: for several sources, for resources, or with <c>$or</c>. At most 2,048 characters. Default:
    /// none.
    /// </summary>
    public string? Pattern { get; set; }

    /// <summary>
    /// Name or ARN of an event bus of the stack's account and Region, which must be there before the stack is deployed.
    /// Default: the default bus, to which AWS's own services send.
    /// </summary>
    public string? Bus { get; set; }

    /// <summary>
    /// Name of the trigger, in lower case with hyphens, such as failed-orders. Default: made from source and type,
    /// <c>com-example-orders-order-failed</c>.
    /// </summary>
    public string? Name { get; set; }

    /// <summary>
    /// Priority of its runs among the job's waiting ones, 0 to 9: each step is a head start of an hour. Default 0.
    /// </summary>
    public int Priority { get; set; }
}
