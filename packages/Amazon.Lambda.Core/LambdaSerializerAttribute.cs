namespace Amazon.Lambda.Core;

/// <summary>The serializer of a function's event and result, for the assembly or one method.</summary>
[AttributeUsage(AttributeTargets.Method | AttributeTargets.Assembly)]
public sealed class LambdaSerializerAttribute(Type serializerType) : Attribute
{
    public Type SerializerType { get; set; } = serializerType;
}
