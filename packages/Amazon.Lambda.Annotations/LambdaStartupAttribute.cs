namespace Amazon.Lambda.Annotations;

/// <summary>
/// The one class whose <c>ConfigureServices(IServiceCollection)</c> fills the container of every function.
/// </summary>
[AttributeUsage(AttributeTargets.Class)]
public class LambdaStartupAttribute : Attribute;
