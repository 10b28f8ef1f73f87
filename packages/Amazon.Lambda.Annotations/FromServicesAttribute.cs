namespace Amazon.Lambda.Annotations;

/// <summary>The argument comes from the scope of the invocation, not from the event.</summary>
[AttributeUsage(AttributeTargets.Parameter)]
public class FromServicesAttribute : Attribute;
