namespace Orleans.Serialization;

/// <summary>A value is of a type that cannot cross between grains.</summary>
public class CodecNotFoundException : Exception
{
    public CodecNotFoundException(string message)
        : base(message)
    {
    }

    internal CodecNotFoundException(Type type)
        : this($"Values of {type} cannot cross between grains: give it [GenerateSerializer] and its members [Id].")
    {
    }
}
